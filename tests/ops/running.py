"""bin/up in a process of its own, on a state folder of its own, and what it has running."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests import services_plugin
from tests.house.project import ROOT
from tests.services.processes import free_port

# bin/up is started by the system's Python, which has pip; the one in .venv has none.
PYTHON = sys._base_executable


class Up:
    def __init__(self, state: Path, *options: str) -> None:
        self.state = state
        self.port = free_port()
        self.output = state.with_suffix(".out")
        command = [PYTHON, "bin/up", "--state", str(state), "--port", str(self.port)]
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, *options],
                cwd=ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=clean_environment(),
                start_new_session=True,
            )

    def wait_until_it_says(self, text: str, seconds: float = 120) -> str:
        deadline = time.monotonic() + seconds
        while not re.search(text, self.said()):
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)
        return self.said()

    def said(self) -> str:
        return self.output.read_text()

    def get(self, path: str) -> int:
        address = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(address, timeout=20) as answer:
            return int(answer.status)

    def processes(self) -> dict[int, str]:
        return processes_of(self.state)

    def pids(self, words: str) -> list[int]:
        return sorted(pid for pid, command in self.processes().items() if words in command)

    def wait_until_nothing_is_left(self, seconds: float = 15) -> dict[int, str]:
        deadline = time.monotonic() + seconds
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.1)
        return self.processes()

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


def clean_environment() -> dict[str, str]:
    """A person's terminal, without what the tests have set for themselves."""
    ours = {*services_plugin.FIXED, *services_plugin.MADE}
    return {name: value for name, value in os.environ.items() if name not in ours}


def processes_of(state: Path) -> dict[int, str]:
    """Every living process that works on this state folder: its number and command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The broker writes its title over its environment, but works in the folder.
            works_in = (folder / "cwd").readlink()
            settings = (folder / "environ").read_bytes()
            if works_in.is_relative_to(state) or f"{state}/".encode() in settings:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found[int(folder.name)] = command
        except OSError:
            continue
    return found
