import re

import pytest

from tests.house.project import PACKAGES, ROOT, files, modules, name

LONGEST_MODULE = 350
# Spelled in parts, or this file would be its own finding.
HOSTS = [r"pypi" + r"\.org", r"python" + r"hosted\.org", r"npm" + r"js\.(?:org|com)"]
PATHS = [r"/(?:ro" + r"ot|o" + r"pt)/", r"/(?:ho" + r"me|wo" + r"rk)/\w+/", r"/Us" + r"ers/\w+/"]
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
        if re.search(rf"(?<![\w.$}}~-]){word}", text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see http" + "s://pypi" + ".org/simple", True),
        ("cd /ho" + "me/ada/godview", True),
        ("redirect('/ho" + "me/')", False),
        ("{root}/wo" + "rk/main/", False),
    ],
)
def test_the_rule_knows_a_folder_from_an_address_of_ours(text, found):
    patterns = [rf"(?<![\w.$}}~-]){word}" for word in (*HOSTS, *PATHS)]
    assert any(re.search(pattern, text) for pattern in patterns) is found


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
