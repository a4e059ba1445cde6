"""Ends what a killed supervisor left behind: also what does not listen when it is asked to end.

A worker whose broker died in the same moment can wait for it for ever. So each child is named to a
process that does nothing but read a pipe. When the supervisor is gone, however it went, the pipe
ends; whoever is not gone some seconds later is ended the hard way.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

GRACE_SECONDS = 5.0


class Leash:
    """The supervisor's end. The other one is started with the first child."""

    def __init__(self) -> None:
        self._pipe: int | None = None
        self._owner = 0

    def hold(self) -> None:
        """Called in the new child itself, before it becomes anything: no moment lies between."""
        if self._pipe is not None:
            os.write(self._pipe, f"+{os.getpid()}\n".encode())

    def let_go(self, pid: int) -> None:
        """It has ended, with all it started: its number may soon be somebody else's."""
        if self._pipe is not None and self._owner == os.getpid():
            with contextlib.suppress(BrokenPipeError):
                os.write(self._pipe, f"-{pid}\n".encode())

    def make_sure_it_is_there(self) -> None:
        if self._owner == os.getpid():
            return
        reading, self._pipe = os.pipe()
        self._owner = os.getpid()
        subprocess.Popen(
            [sys.executable, "-I", "-S", str(Path(__file__).resolve())],
            stdin=reading,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
        os.close(reading)


leash = Leash()


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    held: set[int] = set()
    for line in sys.stdin:
        (held.add if line[0] == "+" else held.discard)(int(line[1:]))
    if sys.platform != "linux":  # there the kernel has asked them already
        _signal(held, signal.SIGTERM)
    ends = time.monotonic() + GRACE_SECONDS
    while (held := {pid for pid in held if _is_there(pid)}) and time.monotonic() < ends:
        time.sleep(0.1)
    _signal(held, signal.SIGKILL)


def _signal(groups: set[int], number: int) -> None:
    for pid in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, number)


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if __name__ == "__main__":
    main()
