"""Fixtures for everybody.

broker                  the address of a real, empty broker (Django's cache lives there too)
celery_worker_process   a real Celery worker on the test database, in a process of its own;
                        the test must be marked `django_db(transaction=True)`
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings

from tests.services.processes import private_folder
from tests.services.worker import Worker


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite as a file, so that a worker process sees the same database."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        folder = private_folder("sqlite")
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(autouse=True)
def _empty_broker() -> None:
    """No test inherits another's cache, counters of the rate limits or queued jobs."""
    redis.Redis.from_url(os.environ["REDIS_URL"]).flushdb()


@pytest.fixture
def broker() -> str:
    return os.environ["REDIS_URL"]


@pytest.fixture
def celery_worker_process(
    transactional_db: None, broker: str, tmp_path: Path
) -> Iterator[Worker]:
    worker = Worker(tmp_path / "worker.log")
    yield worker
    worker.stop()
