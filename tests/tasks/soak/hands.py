"""The main process' side of a worker: gives orders, and kills whoever carries them out."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent.parent.parent


# Short waits between two tries, short patience with a silent server.
QUICK = {"ASANA_TRIES": "6", "ASANA_RETRY_SECONDS": "0.01", "ASANA_TIMEOUT_SECONDS": "2"}


class Hand:
    """One worker. What it is told is done by a child of it, which may be killed."""

    def __init__(self, environment: dict[str, str], log: IO[bytes]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.tasks.soak.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=ROOT,
            env={**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "godview.settings"},
        )
        self._child = 0

    def begin(self, deed: str, **order: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"deed": deed, **order}) + "\n")
        self._process.stdin.flush()
        self._child = self._heard()

    def kill_after(self, seconds: float) -> bool:
        """SIGKILL, unless it was quicker; whether it was killed."""
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL)
        return self.finish() == signal.SIGKILL

    def finish(self) -> int:
        """Wait for its end: 0, or the number of the signal that killed it."""
        return self._heard()

    def dismiss(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _heard(self) -> int:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("The worker's mother process has gone")
        return int(line)
