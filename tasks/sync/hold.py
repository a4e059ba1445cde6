"""The right to work on a run: held by one worker, kept by being seen at work, lost with it."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from tasks.asana.client import AsanaClient
from tasks.models import SyncRun

LEASE = timedelta(seconds=25)
RENEW_AFTER_SECONDS = 5.0


class LeaseLost(Exception):
    pass


class Hold:
    """Keeps the lease and the run's figures, in one statement and in the writer's transaction.

    When that statement finds the lease in other hands the transaction is rolled back: a worker
    that slept too long can never write over the one that took its place.
    """

    def __init__(
        self, run: SyncRun, owner: UUID, client: AsanaClient, now: Callable[[], datetime]
    ) -> None:
        self.run = run
        self._owner = owner
        self._client = client
        self._now = now
        self._clock = self._renewed = time.monotonic()
        self._requests = self._refusals = 0

    def is_due(self) -> bool:
        return time.monotonic() - self._renewed > RENEW_AFTER_SECONDS

    def note(self, **more: int) -> None:
        """Add to the run's figures and keep the lease."""
        clock, requests, refusals = time.monotonic(), self._client.requests, self._client.refusals
        changes: dict[str, Any] = {name: F(name) + more[name] for name in more if more[name]}
        changes |= {
            "requests": F("requests") + requests - self._requests,
            "refusals": F("refusals") + refusals - self._refusals,
            "seconds_worked": F("seconds_worked") + clock - self._clock,
            "leased_until": self._now() + LEASE,
        }
        mine = SyncRun.objects.filter(pk=self.run.pk, leased_by=self._owner)
        if not mine.update(**changes):
            raise LeaseLost
        self._clock = self._renewed = clock
        self._requests, self._refusals = requests, refusals

    def enter(self, phase: str, total: int, done: int = 0) -> None:
        """Begin a phase, with so many pieces of work ahead."""
        self.run.phase = phase
        SyncRun.objects.filter(pk=self.run.pk).update(
            phase=phase, units_total=total, units_done=done
        )
        self.note()
