"""The services that the other tests stand on are real."""

import json
import time

import pytest
import redis
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from godview import heartbeat
from godview.jobs import beat
from tests.services.worker import Worker


def test_the_broker_answers_and_is_empty(broker):
    client = redis.Redis.from_url(broker)
    assert client.ping()
    assert client.dbsize() == 0


def test_the_cache_is_the_real_one():
    cache.set("a", {"b": 1})
    assert cache.get("a") == {"b": 1}


@pytest.mark.services
def test_a_worker_in_its_own_process_runs_a_job(celery_worker_process: Worker):
    assert heartbeat.age() is None
    beat.delay()
    deadline = time.monotonic() + 20
    while heartbeat.age() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert heartbeat.age() is not None, celery_worker_process.service.tail()


@pytest.mark.browser
def test_a_real_browser_reads_a_page(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}/healthz")
    assert json.loads(page.inner_text("body")) == {"status": "alive"}


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for(pytestconfig):
    wanted = {"sqlite": "sqlite", "postgres": "postgresql"}[pytestconfig.getoption("--db")]
    assert connection.vendor == wanted
