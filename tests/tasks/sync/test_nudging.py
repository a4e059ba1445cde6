"""Many nudges make one drain; without the broker the wish is kept for the clock."""

import time

import pytest
import redis
from django.utils import timezone

from tasks.models import EventStream
from tasks.sync import nudging, streams
from tasks.sync.nudging import Doorbell, nudge
from tests.factories.asana import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch, settings):
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    jobs: list[tuple[int, float]] = []

    def send(name, arguments, countdown, retry):
        assert name == "tasks.jobs.drain_project"
        jobs.append((arguments[0], countdown))

    monkeypatch.setattr(nudging.current_app, "send_task", send)
    monkeypatch.setattr(nudging, "doorbell", Doorbell())
    return jobs


def test_a_hundred_nudges_make_one_drain(sent):
    project = ProjectFactory()
    for _ in range(100):
        nudge(project.pk, timezone.now())
    assert [pk for pk, _ in sent] == [project.pk]
    assert sent[0][1] <= 3


def test_a_nudge_while_it_is_being_drained_asks_for_another(sent):
    project = ProjectFactory()
    nudge(project.pk, timezone.now())
    nudging.doorbell.answered(project.pk)
    nudge(project.pk, timezone.now())
    assert len(sent) == 2


def test_without_a_broker_the_wish_is_kept_and_nobody_waits(sent, settings):
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    project, now = ProjectFactory(), timezone.now()
    began = time.monotonic()
    for _ in range(20):
        assert not nudge(project.pk, now)
    assert time.monotonic() - began < 1
    assert sent == []
    assert EventStream.objects.get().nudged_at == now
    EventStream.objects.update(drained_at=now)
    assert EventStream.objects.due_at(now, streams.PATIENCE).count() == 1
