"""How many requests a token may make, shared through the broker by all workers.

A bucket that fills at nine tenths of what Asana allows and holds two seconds' worth, so requests
flow evenly. A refusal pauses everybody. Without the broker each process keeps to half by itself.
"""

import threading
import time
from typing import Protocol

import redis
import structlog

SHARE = 0.9
BURST_SECONDS = 2.0
SHARE_ALONE = 0.5
ALONE_SECONDS = 5.0

log = structlog.get_logger(__name__)


class RequestBudget(Protocol):
    def take(self) -> float:
        """Take one request: 0 when granted, otherwise the seconds to wait before asking again."""

    def pause(self, seconds: float) -> None:
        """Nobody may ask for so long."""


class LocalBudget:
    """The same bucket inside one process."""

    def __init__(self, per_minute: int) -> None:
        self._rate = per_minute * SHARE / 60
        self._tokens = self._burst = max(1.0, self._rate * BURST_SECONDS)
        self._filled_at = time.monotonic()
        self._paused_until = 0.0
        self._lock = threading.Lock()

    def take(self) -> float:
        with self._lock:
            if paused := self.paused():
                return paused
            if not self._rate:
                return 0.0
            now = time.monotonic()
            filled = self._tokens + (now - self._filled_at) * self._rate
            self._tokens, self._filled_at = min(self._burst, filled), now
            if self._tokens < 1:
                return (1 - self._tokens) / self._rate
            self._tokens -= 1
            return 0.0

    def pause(self, seconds: float) -> None:
        with self._lock:
            self._paused_until = max(self._paused_until, time.monotonic() + seconds)

    def paused(self) -> float:
        """Seconds that the pause still lasts."""
        return max(0.0, self._paused_until - time.monotonic())


class SharedBudget:
    """The bucket in the broker, filled by the broker's own clock."""

    def __init__(self, client: redis.Redis, name: str, per_minute: int) -> None:
        self._rate = per_minute * SHARE / 60
        self._burst = max(1.0, self._rate * BURST_SECONDS)
        self._bucket, self._pause = f"asana:{name}:bucket", f"asana:{name}:pause"
        self._client = client
        self._take = client.register_script(TAKE)
        self._alone = LocalBudget(int(per_minute * SHARE_ALONE))
        self._alone_until = 0.0

    def take(self) -> float:
        # Our own memory of a pause comes first: a broker emptied meanwhile has forgotten it.
        if paused := self._alone.paused():
            return paused
        if time.monotonic() < self._alone_until:
            return self._alone.take()
        try:
            answer = self._take(keys=[self._bucket, self._pause], args=[self._rate, self._burst])
        except redis.RedisError as error:
            return self._without_broker(error)
        return float(answer)

    def pause(self, seconds: float) -> None:
        self._alone.pause(seconds)
        milliseconds = max(1, int(seconds * 1000))
        try:
            if self._client.pttl(self._pause) < milliseconds:
                self._client.set(self._pause, 1, px=milliseconds)
        except redis.RedisError as error:
            self._without_broker(error)

    def _without_broker(self, error: Exception) -> float:
        """By ourselves for a while: a dead broker must not cost its time-out at every request."""
        if not self._alone_until:
            log.warning("asana_budget_without_broker", error=str(error))
        self._alone_until = time.monotonic() + ALONE_SECONDS
        return self._alone.take()


# KEYS: bucket, pause. ARGV: tokens a second (0: no limit), most tokens. Answers seconds to wait.
TAKE = """
local paused = redis.call('PTTL', KEYS[2])
if paused > 0 then return tostring(paused / 1000) end
local rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
if rate == 0 then return '0' end
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(kept[1]) or burst
local at = tonumber(kept[2]) or now
tokens = math.min(burst, tokens + math.max(0, now - at) * rate)
local wait = 0
if tokens >= 1 then tokens = tokens - 1 else wait = (1 - tokens) / rate end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], 600000)
return tostring(wait)
"""
