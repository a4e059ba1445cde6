"""Fixtures for everybody.

broker                  the address of a real, empty broker (Django's cache lives there too)
celery_worker_process   a real Celery worker on the test database, in a process of its own;
                        it asks for `transactional_db` itself
page, live_server       a real Chromium (mark the test `browser`) on a real server: playwright's
                        and pytest-django's own fixtures
axe                     what the accessibility checker finds on a page: `axe(page) == []`

Marks: `browser`, `services` (a process of its own, with the real time), `slow`, `once` (not
repeated on PostgreSQL).
"""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Page
from whitenoise.middleware import WhiteNoiseMiddleware

from metrics.memory import forget_all
from tests.services import template
from tests.services.browser import axe_script, launch_arguments
from tests.services.processes import private_folder
from tests.services.worker import Worker

# A busy machine is no reason to fail. bin/test --fast asks for the second one.
hypothesis_settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")
hypothesis_settings.register_profile("fast", max_examples=15)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of two tests with one name, xdist would run only the first, and call that a success."""
    twice = [name for name, count in Counter(item.nodeid for item in items).items() if count > 1]
    if twice:
        raise pytest.UsageError(f"Several tests share a name: {', '.join(twice)}")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it again and again takes a twelfth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def sqlite_file() -> Path | None:
    """SQLite as a file, so that a worker process sees the same database; None on PostgreSQL."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return None
    return private_folder("sqlite") / "test.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, sqlite_file: Path | None
) -> None:
    if sqlite_file:
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(sqlite_file)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool, sqlite_file: Path | None) -> bool:
    """With a migrated copy in place, Django has nothing left to create."""
    return bool(sqlite_file and template.copy_to(sqlite_file)) or django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, sqlite_file: Path | None) -> None:
    if sqlite_file:
        template.keep(sqlite_file)


@pytest.fixture(scope="session", autouse=True)
def _the_ledger_may_be_emptied() -> Iterator[None]:
    """Between tests that commit, all tables are emptied: only there the guard steps aside."""
    operations = type(connection.ops)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", _unguarded(operations.execute_sql_flush))
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_for_once() -> Iterator[None]:
    """Every test client has middleware of its own, which would look through all files again."""
    look, found = WhiteNoiseMiddleware.add_files_from_finders, dict[tuple[Any, ...], Any]()

    def look_once(served: WhiteNoiseMiddleware) -> None:
        rules = (served.static_prefix, served.max_age, served.charset, settings.STORAGES)
        key = tuple(map(str, rules))
        if key not in found:
            look(served)
            found[key] = dict(served.files)
        served.files.update(found[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


def _unguarded(flush: Callable[..., Any]) -> Callable[..., Any]:
    from tasks.ledger import guard  # models are not ready when this file is read

    def flushed(operations: Any, statements: list[str]) -> Any:
        guard.remove(operations.connection)
        return flush(operations, statements)

    return flushed


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Passwords of test users need not be expensive to guess: eleven people a test add up."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _empty_broker() -> None:
    """No test inherits another's cache, counters of the rate limits or queued jobs."""
    redis.Redis.from_url(os.environ["REDIS_URL"]).flushdb()


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rolled back rows come again with the same ids, and under a frozen clock at the same time.

    The clock by which kept numbers are looked at again stands still, or tests would count queries
    by chance.
    """
    monkeypatch.setattr("metrics.queries.stamps.monotonic", lambda: 0.0)
    forget_all()


@pytest.fixture
def broker() -> str:
    return os.environ["REDIS_URL"]


@pytest.fixture
def celery_worker_process(transactional_db: None, broker: str, tmp_path: Path) -> Iterator[Worker]:
    worker = Worker(tmp_path / "worker.log")
    yield worker
    worker.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_arguments()}


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Runs the accessibility checker on a page; each finding is one readable line."""

    def findings(page: Page) -> list[str]:
        page.evaluate(axe_script().read_text())
        found = page.evaluate("() => axe.run()")
        return [
            f"{rule['id']} ({rule['impact']}): {', '.join(str(n['target']) for n in rule['nodes'])}"
            for rule in found["violations"]
        ]

    return findings
