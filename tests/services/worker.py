"""A real Celery worker in a process of its own, on the test's database and broker."""

import os
import sys
from pathlib import Path

import redis
from django.db import connection

from tests.services.processes import Service

ROOT = Path(__file__).resolve().parent.parent.parent


def database_url() -> str:
    """The address of the database the test is using right now."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{base}/{name}"


class Worker:
    def __init__(self, log: Path, **environment: str) -> None:
        self.environment = {"DATABASE_URL": database_url(), **environment}
        self.log = log
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "godview.celery", "worker"]
        options = ["-c", "2", "-l", "info", "--without-gossip", "--without-mingle"]
        self._broker = redis.Redis.from_url(os.environ["REDIS_URL"])
        self.service = Service(command + options, self.log, env=self.environment, cwd=ROOT)
        self.service.wait_until(self._is_ready, 60, "the Celery worker")

    def kill(self) -> None:
        self.service.kill()

    def stop(self) -> None:
        self.service.stop()

    def _is_ready(self) -> bool:
        return " ready." in self.service.tail(200)
