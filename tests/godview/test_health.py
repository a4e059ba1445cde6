"""What a machine that watches this one is told."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client as Browser
from django.utils import timezone

from godview import health, heartbeat
from tasks.models import AsanaConnection
from tests.services.processes import free_port

NOW = timezone.now()


def readyz(browser: Browser) -> tuple[int, dict]:
    answer = browser.get("/readyz", headers={"host": "10.0.0.7"})
    return answer.status_code, answer.json()


@contextmanager
def unreachable_database() -> Iterator[BaseDatabaseWrapper]:
    broken = connections.create_connection("default")
    broken.settings_dict = {
        **broken.settings_dict,
        "NAME": "/nowhere/godview" if broken.vendor == "sqlite" else "nowhere",
    }
    yield broken
    broken.close()


def connect() -> AsanaConnection:
    connection = AsanaConnection(workspace_gid="1", workspace_name="Agency", acts_as="Ada")
    connection.set_token("1/2345:a-token-of-a-test")
    connection.save()
    return connection


def finished(connection: AsanaConnection, ago: timedelta, state: str = "done") -> None:
    moment = timezone.now() - ago
    connection.runs.create(asked_at=moment, started_at=moment, finished_at=moment, state=state)


def test_a_living_process_says_so_to_anybody_under_any_name(client):
    answer = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert "no-cache" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_living_process_needs_no_database(client):
    """The test has no right to the database: a query would fail it."""
    assert client.get("/healthz").status_code == 200


def test_only_reading_is_allowed(client):
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405


@pytest.mark.django_db
def test_all_is_well(client):
    heartbeat.mark()
    finished(connect(), timedelta(minutes=3))
    status, body = readyz(client)
    assert status == 200
    assert body["status"] == "ready"
    assert body["reasons"] == []
    assert set(body["checks"]) == {"database", "broker", "worker", "sync"}
    assert body["checks"]["sync"]["detail"] == "Asana was read 0:03:00 ago."


@pytest.mark.django_db
def test_without_asana_it_is_ready(client):
    heartbeat.mark()
    status, body = readyz(client)
    assert status == 200
    assert body["checks"]["sync"] == {"ok": True, "detail": "Asana is not connected yet."}


@pytest.mark.django_db
def test_a_worker_that_never_answered_is_a_reason(client):
    status, body = readyz(client)
    assert status == 503
    assert body["reasons"] == ["No worker has answered yet: is the worker running, and beat?"]


@pytest.mark.django_db
def test_a_worker_that_fell_silent_is_a_reason_with_its_age(client):
    cache.set(heartbeat.KEY, time.time() - 125, timeout=None)
    status, body = readyz(client)
    assert status == 503
    assert body["reasons"] == [
        "No worker has answered for 0:02:05: is the worker running, and beat?"
    ]


@pytest.mark.django_db
def test_a_dead_broker_is_a_reason(client, settings):
    heartbeat.mark()
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/1"
    status, body = readyz(client)
    assert status == 503
    assert len(body["reasons"]) == 1
    assert body["reasons"][0].startswith("The broker does not answer: ")


@pytest.mark.django_db
def test_an_unreachable_database_is_a_reason(client, monkeypatch):
    heartbeat.mark()
    with unreachable_database() as broken:
        monkeypatch.setattr(health, "connection", broken)
        status, body = readyz(client)
    assert status == 503
    assert len(body["reasons"]) == 1
    assert body["reasons"][0].startswith("The database does not answer: ")


@pytest.mark.django_db
def test_a_database_that_was_never_migrated_is_a_reason(client):
    heartbeat.mark()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tasks_asanaconnection RENAME TO elsewhere")
    status, body = readyz(client)
    assert status == 503
    assert body["reasons"][0].startswith("The age of the last sync is unknown: ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ago", "every", "ready"),
    [
        (timedelta(minutes=14), 300, True),
        (timedelta(minutes=16), 300, False),
        (timedelta(minutes=80), 1800, True),
        (timedelta(minutes=91), 1800, False),
    ],
)
def test_a_read_is_late_after_three_rounds_and_at_least_a_quarter_of_an_hour(
    settings, ago, every, ready
):
    settings.ASANA_SYNC_EVERY_SECONDS = every
    finished(connect(), ago)
    assert health.sync_at(timezone.now()).ok is ready


@pytest.mark.django_db
def test_a_connection_that_was_never_read_is_a_reason():
    connect().runs.create(asked_at=NOW, finished_at=None)
    check = health.sync_at(NOW)
    assert check == health.Check(False, "Asana is connected but was never read to the end.")


@pytest.mark.django_db
def test_a_failed_read_does_not_count_as_a_read():
    asana = connect()
    finished(asana, timedelta(minutes=40))
    finished(asana, timedelta(minutes=1), state="failed")
    assert not health.sync_at(timezone.now()).ok
