import sys

import pytest

from launch import environment


@pytest.fixture
def installs(tmp_path, monkeypatch):
    """What would have been installed; the lock files and the stamp are real files."""
    for kind in environment.LOCKS:
        (tmp_path / f"{kind}.txt").write_text(f"package-of-{kind}==1\n")
    locks = {kind: tmp_path / f"{kind}.txt" for kind in environment.LOCKS}
    monkeypatch.setattr(environment, "LOCKS", locks)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp")
    commands: list[list[str]] = []
    monkeypatch.setattr(
        environment, "_run", lambda command, _: commands.append([str(word) for word in command])
    )
    monkeypatch.setattr(environment, "_installer", lambda: "uv")
    return lambda: [command[-1].rpartition("/")[2] for command in commands if "sync" in command]


def test_a_second_start_installs_nothing(installs):
    environment.install("demo")
    environment.install("demo")
    assert installs() == ["demo.txt"]


def test_another_lock_is_installed(installs):
    environment.install("demo")
    environment.LOCKS["demo"].write_text("package-of-demo==2\n")
    environment.install("demo")
    assert installs() == ["demo.txt", "demo.txt"]


def test_an_environment_for_tests_serves_the_demo_and_never_shrinks(installs):
    environment.install("test")
    environment.install("demo")
    assert installs() == ["test.txt"]
    environment.LOCKS["test"].write_text("package-of-test==2\n")
    environment.install("demo")
    assert installs() == ["test.txt", "test.txt"]


def test_an_environment_for_the_demo_grows_for_the_tests(installs):
    environment.install("demo")
    environment.install("test")
    assert installs() == ["demo.txt", "test.txt"]


def test_hashes_are_demanded(tmp_path, monkeypatch, installs):
    seen: list[list[str]] = []
    monkeypatch.setattr(environment, "_run", lambda command, _: seen.append(list(command)))
    environment.install("demo")
    assert "--require-hashes" in seen[-1]


def test_the_index_that_pip_uses_is_handed_to_uv(tmp_path, monkeypatch):
    settings = tmp_path / "pip.conf"
    settings.write_text("[global]\nindex-url = https://user:secret@index.example/simple\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    # The Python that runs bin/up has pip; the one in .venv, which runs this, has none.
    monkeypatch.setattr("sys.executable", sys._base_executable)
    for name in ("PIP_INDEX_URL", "UV_DEFAULT_INDEX"):
        monkeypatch.delenv(name, raising=False)
    handed_over = environment._index_settings()
    assert handed_over["UV_DEFAULT_INDEX"] == "https://user:secret@index.example/simple"


def test_uvs_own_setting_wins(monkeypatch):
    monkeypatch.setattr("sys.executable", sys._base_executable)
    monkeypatch.setenv("PIP_INDEX_URL", "https://one.example/simple")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://two.example/simple")
    assert "UV_DEFAULT_INDEX" not in environment._index_settings()


def test_an_interrupted_installation_is_taken_up_and_does_not_shrink(installs, monkeypatch):
    environment.install("test")
    environment.LOCKS["test"].write_text("package-of-test==2\n")
    working = environment._run

    def fails(command, _):
        raise environment.Refusal("no network")

    monkeypatch.setattr(environment, "_run", fails)
    with pytest.raises(environment.Refusal):
        environment.install("demo")
    monkeypatch.setattr(environment, "_run", working)
    environment.install("demo")
    assert installs() == ["test.txt", "test.txt"]
