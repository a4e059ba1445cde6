"""A process of ours: in a session of its own, with a log, and never alive without us."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from launch.leash import leash

PR_SET_PDEATHSIG = 1
LOG_LIMIT_BYTES = 5_000_000

# Loaded before the fork: between fork and exec nothing may be loaded.
_libc = ctypes.CDLL(None, use_errno=True) if os.uname().sysname == "Linux" else None


def die_with(parent: int, first: Callable[[], None] = lambda: None) -> Callable[[], None]:
    """The kernel asks the child to end when the supervisor dies, also of kill -9."""

    def before_exec() -> None:
        first()
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the kernel was asked
            os._exit(1)

    return before_exec


@dataclass
class Child:
    name: str
    command: Sequence[str | Path]
    log: Path
    environment: Mapping[str, str]
    folder: Path
    patience: float = 10  # seconds from the polite signal to the hard one
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0, init=False)
    _group_ended: bool = field(default=True, init=False)

    def start(self) -> None:
        self._turn_log()
        leash.make_sure_it_is_there()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(self.environment),
                cwd=self.folder,
                start_new_session=True,
                preexec_fn=die_with(os.getpid(), leash.hold),
            )
        self.started_at = time.monotonic()
        self._group_ended = False

    @property
    def status(self) -> int | None:
        """None while it runs."""
        return None if self.process is None else self.process.poll()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def make_sure_it_stopped(self, deadline: float) -> None:
        """Waits until the deadline, then ends the whole group: also children it left behind."""
        if self.process is None or self._group_ended:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        self.end_group()

    def end_group(self) -> None:
        # Once only: later the number may belong to somebody else.
        if self.process is None or self._group_ended:
            return
        self._group_ended = True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        leash.let_go(self.process.pid)
        self.process.wait()

    def tail(self, lines: int = 20) -> str:
        try:
            text = self.log.read_text(errors="replace")
        except FileNotFoundError:
            return ""
        return "\n".join(text.splitlines()[-lines:])

    def _turn_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
