"""Ask for a drain soon, once: many nudges of one project within seconds make one drain.

The wish is in the database first. The broker only makes it quick: without it, or when it forgot,
the clock finds every project that was nudged.
"""

import time
from datetime import datetime

import redis
import structlog
from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

from tasks.models import EventStream

log = structlog.get_logger(__name__)

JOB = "tasks.jobs.drain_project"
DEBOUNCE_SECONDS = 1
# If the job was lost, the next nudge after this long sends another.
FORGET_AFTER_SECONDS = 60
BROKER_TIMEOUT_SECONDS = 0.03
AWAY_SECONDS = 5.0


class Doorbell:
    """The broker, asked so briefly that whoever rings never waits for it."""

    def __init__(self) -> None:
        self._away_until = 0.0
        self._client: redis.Redis | None = None
        self._url = ""

    def ring(self, project_id: int) -> bool:
        """Whether a drain is now on its way."""
        if time.monotonic() < self._away_until:
            return False
        try:
            is_first = self._broker().set(key_of(project_id), 1, nx=True, ex=FORGET_AFTER_SECONDS)
            if is_first:
                current_app.send_task(JOB, (project_id,), countdown=DEBOUNCE_SECONDS, retry=False)
        except (redis.RedisError, OperationalError) as error:
            self._away_until = time.monotonic() + AWAY_SECONDS
            log.warning("drain_not_asked_for", project=project_id, error=str(error))
            return False
        return True

    def answered(self, project_id: int) -> None:
        """The drain begins: what happens from now on needs another one."""
        try:
            self._broker().delete(key_of(project_id))
        except redis.RedisError as error:
            log.warning("broker_unreachable", project=project_id, error=str(error))

    def _broker(self) -> redis.Redis:
        if self._client is None or self._url != settings.REDIS_URL:
            self._url = settings.REDIS_URL
            self._client = redis.Redis.from_url(
                self._url,
                socket_connect_timeout=BROKER_TIMEOUT_SECONDS,
                socket_timeout=BROKER_TIMEOUT_SECONDS,
            )
        return self._client


def key_of(project_id: int | str) -> str:
    """Where the broker remembers that a drain of this project is on its way."""
    return f"asana:drain:{project_id}"


doorbell = Doorbell()


def nudge(project_id: int, now: datetime) -> bool:
    """Something happened in this project."""
    if not EventStream.objects.filter(project=project_id).update(nudged_at=now):
        EventStream.objects.update_or_create(project_id=project_id, defaults={"nudged_at": now})
    return doorbell.ring(project_id)
