"""bin/manage: Django's commands on what bin/up keeps, also while it runs."""

import os
import sys
from pathlib import Path

from launch.environment import PYTHON, ROOT, install
from launch.say import Refusal, stop_with
from launch.stack import embedded_environment
from launch.state import State


def main() -> None:
    arguments = sys.argv[1:]
    folder = ROOT / ".state"
    if arguments[:1] == ["--state"]:
        folder, arguments = Path(arguments[1]), arguments[2:]
    if not folder.exists():
        stop_with("There is nothing to manage yet: run bin/up first.")
    try:
        install("demo")
    except Refusal as refusal:
        stop_with(str(refusal))
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "manage.py", *arguments], environment_of(folder))


def environment_of(folder: Path) -> dict[str, str]:
    """The settings of a state folder, with the ports of what runs on it now."""
    state = State(folder)
    running = state.running()
    return embedded_environment(state, running.get("broker_port"), running.get("asana_port"))
