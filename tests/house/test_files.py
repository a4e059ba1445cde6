import re

from tests.house.project import PACKAGES, ROOT, files, modules, name

LONGEST_MODULE = 350
# Spelled in parts, or this file would be its own finding.
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com"]
PATHS = ["/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/", "/o" + "pt/"]
TEXT = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".in", ".yml", ".yaml", ".json", ""}


def texts():
    for path in files():
        if path.suffix in TEXT and "vendor" not in path.parts:
            yield path, path.read_text(errors="replace")


def test_no_file_names_a_package_index_or_a_folder_of_one_machine():
    """A lock with an address in it works in one network only, and may hold a password."""
    found = [
        f"{name(path)}: {word}"
        for path, text in texts()
        for word in (*HOSTS, *PATHS)
        if re.search(rf"(?<![\w.$}}~-]){re.escape(word)}", text)
    ]
    assert found == []


def test_a_module_stays_short_enough_to_read():
    lengths = {name(path): len(path.read_text().splitlines()) for path in modules(*PACKAGES)}
    lengths.pop("godview/settings.py")  # a list to look things up in, and in one place
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_every_folder_of_tests_is_a_package():
    """Without __init__.py, tests/tasks would shadow our own `tasks`."""
    folders = {path.parent for path in files("*.py") if "tests" in path.relative_to(ROOT).parts}
    assert [name(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_locks_have_hashes_and_no_addresses():
    for lock in files("requirements/*.txt"):
        text = lock.read_text()
        pins = re.findall(r"^[a-z0-9][\w.\[\]-]*==", text, re.MULTILINE)
        assert pins, name(lock)
        assert len(re.findall(r"\\\n    --hash", text)) >= len(pins), name(lock)
        assert "://" not in text, name(lock)
