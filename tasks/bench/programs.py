"""Programs that run beside a bench, and where its scratch database is."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection

PATIENCE_SECONDS = 60.0
# What the caller may have switched on for the real one.
OFF = ("DEBUG", "HTTPS", "BEHIND_PROXY", "STATIC_HASHED", "DEMO_MODE")


@contextmanager
def program(command: list[str], environment: dict[str, str], log: Any) -> Iterator[None]:
    process = subprocess.Popen(  # noqa: S603  our own code
        command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(port: int) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"Nobody answered at port {port}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url(scratch: str) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{scratch}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{scratch}"
