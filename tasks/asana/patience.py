"""How long one request may take as a whole.

The time limit of a socket begins anew with each byte, so a server that sends a byte a second could
hold a worker for hours. Whoever asks says by when it must be over; a watchman closes what is late.
"""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

LOOK_EVERY_SECONDS = 0.25


@dataclass
class Going:
    """A request under way: when it must be over, and the wire it came to use."""

    ends_at: float
    wire: socket.socket | None = None


class Watchman:
    """Ends what takes too long: its reader then sees a connection that broke."""

    def __init__(self) -> None:
        self._going: dict[int, Going] = {}
        self._lock = threading.Lock()
        self._process = 0

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """The requests that this thread makes inside are over after so many seconds."""
        self._begin_to_watch()
        thread = threading.get_ident()
        with self._lock:
            self._going[thread] = Going(time.monotonic() + seconds)
        try:
            yield
        finally:
            with self._lock:
                del self._going[thread]

    def note_wire(self, wire: Any) -> None:
        """This thread's request goes over this socket."""
        with self._lock:
            going = self._going.get(threading.get_ident())
            if going is not None:
                going.wire = wire

    def _begin_to_watch(self) -> None:
        # A thread does not survive a fork: each process has a watchman of its own.
        with self._lock:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
            self._going.clear()
        threading.Thread(target=self._watch, name="asana-watchman", daemon=True).start()

    def _watch(self) -> None:
        while True:
            time.sleep(LOOK_EVERY_SECONDS)
            with self._lock:
                now = time.monotonic()
                for going in self._going.values():
                    if going.wire is not None and going.ends_at < now:
                        with contextlib.suppress(OSError):
                            # Not TLS's own way, which takes the ground from under its reader.
                            socket.socket.shutdown(going.wire, socket.SHUT_RDWR)


watchman = Watchman()


class _Plain(HTTPConnection):
    def request(self, *arguments: Any, **more: Any) -> None:
        super().request(*arguments, **more)
        watchman.note_wire(self.sock)


class _Secure(HTTPSConnection):
    def request(self, *arguments: Any, **more: Any) -> None:
        super().request(*arguments, **more)
        watchman.note_wire(self.sock)


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Secure


def watch_over(manager: urllib3.PoolManager) -> None:
    """Let the watchman see the wires of this manager's connections."""
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
