"""The services that the other tests stand on are real."""

import json
import time
from collections.abc import Callable
from datetime import date

import pytest
import redis
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from godview import heartbeat
from godview.jobs import beat
from tests.factories.cast import make_cast
from tests.metrics.histories import client
from tests.metrics.views.browsing import opened, words
from tests.services.worker import Worker


def test_the_broker_answers_and_is_empty(broker):
    client = redis.Redis.from_url(broker)
    assert client.ping()
    assert client.dbsize() == 0


def test_the_cache_is_the_real_one():
    cache.set("a", {"b": 1})
    assert cache.get("a") == {"b": 1}


def within(seconds: float, done: Callable[[], bool], worker: Worker) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, worker.service.tail()
        time.sleep(0.05)


@pytest.mark.services
def test_a_worker_in_its_own_process_runs_a_job_and_counts_what_pages_wait_for(
    celery_worker_process: Worker,
):
    """One worker for all three: to start it takes longer than the work."""
    assert heartbeat.age() is None
    beat.delay()
    within(20, lambda: heartbeat.age() is not None, celery_worker_process)

    leader = make_cast().person("leader")
    for number in range(24):
        end = date(2025, 1 + number % 9, 20) if number % 2 else None
        client(f"C {number:02}", (date(2024, 1 + number % 9, 1), end), fee=1000)
    assert "Being counted" in words(opened(leader, "/survival/"))
    assert "The habits are being compared" in words(opened(leader, "/coaching/"))
    forecast, habits = "/survival/forecast/", "/coaching/"
    within(30, lambda: "95% interval" in words(opened(leader, forecast)), celery_worker_process)
    within(30, lambda: "Plans" in words(opened(leader, habits)), celery_worker_process)
    assert "can be judged so far" in words(opened(leader, habits))


@pytest.mark.browser
def test_a_real_browser_reads_a_page(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}/healthz")
    assert json.loads(page.inner_text("body")) == {"status": "alive"}


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for(pytestconfig):
    wanted = {"sqlite": "sqlite", "postgres": "postgresql"}[pytestconfig.getoption("--db")]
    assert connection.vendor == wanted
