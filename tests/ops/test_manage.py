"""`manage.py` by itself: on what the environment says, else on what bin/up keeps."""

import os
from pathlib import Path
from typing import Any

import pytest

import manage
from launch.state import State


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """What a command would run with, in a checkout with a state folder and no settings."""
    state = State(tmp_path / ".state")
    state.open()
    monkeypatch.setattr(manage, "ROOT", tmp_path)
    monkeypatch.setattr(manage, "STATE", state.folder)
    monkeypatch.setattr(os, "environ", {"PATH": os.environ["PATH"]})
    found: dict[str, str] = {}

    def command(arguments: list[str]) -> None:
        found.update(os.environ)

    monkeypatch.setattr("django.core.management.execute_from_command_line", command)
    return found


def test_without_settings_a_command_works_on_what_bin_up_keeps(
    seen: dict[str, str], tmp_path: Path
) -> None:
    manage.main()
    assert seen["DATABASE_URL"] == f"sqlite:///{tmp_path}/.state/godview.sqlite3"
    assert seen["SECRET_KEY"] == (tmp_path / ".state/secret_key").read_text().strip()


@pytest.mark.parametrize("name", manage.SETTINGS)
def test_settings_in_the_environment_are_left_as_they_are(seen: dict[str, str], name: str) -> None:
    os.environ[name] = "mine"
    manage.main()
    assert seen[name] == "mine"
    assert seen.keys().isdisjoint({"REDIS_URL", *manage.SETTINGS} - {name})


def test_an_env_file_beside_it_is_left_to_speak(seen: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / ".env").touch()
    manage.main()
    assert "SECRET_KEY" not in seen


def test_without_a_state_folder_nothing_is_made_up(
    seen: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(manage, "STATE", tmp_path / "nowhere")
    manage.main()
    assert "SECRET_KEY" not in seen
