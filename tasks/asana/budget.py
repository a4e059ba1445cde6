"""How many requests a token may make, shared through the broker by all workers.

A bucket that fills at nine tenths of what Asana allows and holds two seconds' worth, so requests
flow evenly. A refusal pauses everybody and halves the pace, which comes back bit by bit. Only so
many requests are under way at once. Without the broker each process keeps to half by itself.
"""

import threading
import time
from collections.abc import Callable
from enum import Enum
from typing import Protocol
from uuid import uuid4

import redis
import structlog

from tasks.asana.scripts import DONE, PAUSE, TAKE

SHARE = 0.9
BURST_SECONDS = 2.0
SHARE_ALONE = 0.5
ALONE_SECONDS = 5.0
# Asana takes 50 that read and 15 that write; some say 5.
MOST_READING, MOST_WRITING = 40, 4
LEASE_SECONDS = 120
CROWDED_SECONDS = 0.05
# After a refusal half the pace, then a twentieth of the full one more with each minute.
SLOWEST, BACK_PER_SECOND = 0.1, 0.05 / 60

log = structlog.get_logger(__name__)


class Lane(float, Enum):
    """Who goes first: the share of the bucket that a lane must leave to those before it."""

    INTERACTIVE = 0.0  # somebody waits, or a webhook told of a change
    INCREMENTAL = 0.3
    BACKFILL = 0.6


class RequestBudget(Protocol):
    def take(self, lane: Lane = Lane.INTERACTIVE, *, writes: bool = False) -> float:
        """Take one request: 0 when granted, otherwise the seconds to wait before asking again."""

    def done(self) -> None:
        """The request that this thread was granted last is over."""

    def pause(self, seconds: float) -> None:
        """Nobody may ask for so long, and then at half the pace."""


def left_to_others(lane: Lane, burst: float) -> float:
    return min(lane.value * burst, burst - 1)


class LocalBudget:
    """The same bucket inside one process."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._rate = per_minute * SHARE / 60
        self._tokens = self._burst = max(1.0, self._rate * BURST_SECONDS)
        self._filled_at = self._slowed_at = clock()
        self._pace = 1.0
        self._paused_until = 0.0
        self._under_way = {False: 0, True: 0}
        self._held = threading.local()
        self._lock = threading.Lock()

    def take(self, lane: Lane = Lane.INTERACTIVE, *, writes: bool = False) -> float:
        with self._lock:
            if paused := self.paused():
                return paused
            if self._under_way[writes] >= (MOST_WRITING if writes else MOST_READING):
                return CROWDED_SECONDS
            if wait := self._wait_for_token(left_to_others(lane, self._burst)):
                return wait
            self._under_way[writes] += 1
            self._held.writes = writes
            return 0.0

    def _wait_for_token(self, kept: float) -> float:
        if not self._rate:
            return 0.0
        now, rate = self._clock(), self._rate * self.pace()
        filled = self._tokens + (now - self._filled_at) * rate
        self._tokens, self._filled_at = min(self._burst, filled), now
        if self._tokens < 1 + kept:
            return (1 + kept - self._tokens) / rate
        self._tokens -= 1
        return 0.0

    def done(self) -> None:
        writes = getattr(self._held, "writes", None)
        if writes is not None:
            self._held.writes = None
            with self._lock:
                self._under_way[writes] -= 1

    def pause(self, seconds: float) -> None:
        with self._lock:
            if not self.paused():
                self._pace, self._slowed_at = max(SLOWEST, self.pace() / 2), self._clock()
            self._paused_until = max(self._paused_until, self._clock() + seconds)

    def pace(self) -> float:
        """The share of the full pace at which we go now."""
        return min(1.0, self._pace + (self._clock() - self._slowed_at) * BACK_PER_SECOND)

    def paused(self) -> float:
        """Seconds that the pause still lasts."""
        return max(0.0, self._paused_until - self._clock())


class SharedBudget:
    """The bucket in the broker, filled by the broker's own clock."""

    def __init__(self, client: redis.Redis, name: str, per_minute: int) -> None:
        self._rate = per_minute * SHARE / 60
        self._burst = max(1.0, self._rate * BURST_SECONDS)
        keys = (f"asana:{name}:{part}" for part in ("bucket", "pause", "reads", "writes"))
        self._bucket, self._pause, self._reads, self._writes = keys
        self._client = client
        self._take = client.register_script(TAKE)
        self._done = client.register_script(DONE)
        self._slow = client.register_script(PAUSE)
        self._held = threading.local()
        self._alone = LocalBudget(int(per_minute * SHARE_ALONE))
        self._alone_until = 0.0

    def take(self, lane: Lane = Lane.INTERACTIVE, *, writes: bool = False) -> float:
        # Our own memory of a pause comes first: a broker emptied meanwhile has forgotten it.
        if paused := self._alone.paused():
            return paused
        if time.monotonic() < self._alone_until:
            return self._alone.take(lane, writes=writes)
        lease, under_way = uuid4().hex, self._writes if writes else self._reads
        most = MOST_WRITING if writes else MOST_READING
        kept = left_to_others(lane, self._burst)
        limits: list[str | int | float] = [
            self._rate,
            self._burst,
            kept,
            most,
            LEASE_SECONDS,
            lease,
            BACK_PER_SECOND,
        ]
        try:
            answer = self._take(keys=[self._bucket, self._pause, under_way], args=limits)
        except redis.RedisError as error:
            return self._without_broker(error, lane, writes)
        wait = float(answer)
        if not wait:
            self._held.lease = under_way, lease
        return wait

    def done(self) -> None:
        self._alone.done()
        held = getattr(self._held, "lease", None)
        if held is None:
            return
        self._held.lease = None
        under_way, lease = held
        try:
            self._done(keys=[under_way], args=[lease])
        except redis.RedisError as error:  # the lease ends by itself
            log.debug("asana_lease_not_returned", error=str(error))

    def pause(self, seconds: float) -> None:
        self._alone.pause(seconds)
        milliseconds = max(1, int(seconds * 1000))
        try:
            self._slow(
                keys=[self._bucket, self._pause], args=[milliseconds, SLOWEST, BACK_PER_SECOND]
            )
        except redis.RedisError as error:
            self._note_absence(error)

    def _without_broker(self, error: Exception, lane: Lane, writes: bool) -> float:
        """By ourselves for a while: a dead broker must not cost its time-out at every request."""
        self._note_absence(error)
        return self._alone.take(lane, writes=writes)

    def _note_absence(self, error: Exception) -> None:
        if not self._alone_until:
            log.warning("asana_budget_without_broker", error=str(error))
        self._alone_until = time.monotonic() + ALONE_SECONDS
