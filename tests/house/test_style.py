import pytest

from tests.house.project import complaints, run


@pytest.mark.parametrize("command", [("check",), ("format", "--check")])
def test_ruff_has_nothing_to_say(command):
    done = run("-m", "ruff", *command, ".", "bin/up", "bin/test", "bin/manage")
    assert done.returncode == 0, complaints(done)


def test_djlint_has_nothing_to_say_about_the_templates():
    done = run("-m", "djlint", "templates", "--lint", "--quiet")
    assert done.returncode == 0, complaints(done)


def test_the_types_are_right():
    done = run("-m", "mypy", SECRET_KEY="for the settings only", HTTPS="0")
    assert done.returncode == 0, complaints(done)
