"""A Redis cache that the pages survive: an unreachable Redis is a miss, never an error."""

import logging
import time
from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import OutOfMemoryError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

UNREACHABLE = (RedisConnectionError, RedisTimeoutError, OutOfMemoryError)
PAUSE_SECONDS = 5.0


class Breaker:
    """After a failure, leaves Redis alone for a while: a dead one must not slow every page."""

    def __init__(self, pause: float = PAUSE_SECONDS) -> None:
        self.pause = pause
        self.open_until = 0.0

    def call(self, operation: Callable[[], Answer], otherwise: Answer) -> Answer:
        if time.monotonic() < self.open_until:
            return otherwise
        try:
            return operation()
        except UNREACHABLE as error:
            self.open_until = time.monotonic() + self.pause
            logger.warning("The cache is unreachable, going on without it: %s", error)
            return otherwise


@cache
def breaker_of(servers: tuple[str, ...]) -> Breaker:
    """One for the whole process: Django makes a cache client for every thread."""
    return Breaker()


def guarded(operation: Callable[..., Any], otherwise: Any) -> Callable[..., Any]:
    def method(client: "FailOpenClient", *arguments: Any) -> Any:
        return client.breaker.call(partial(operation, client, *arguments), otherwise)

    return method


class FailOpenClient(RedisCacheClient):
    """Django's client, where every operation has an answer for when nobody answers."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        # One more try at once mends a connection that a restarted Redis has closed. The library's
        # default, three tries with pauses, would cost 1.8 s.
        super().__init__(servers, **{"retry": Retry(NoBackoff(), 1), **options})
        self.breaker = breaker_of(tuple(servers))

    # "Added" lets the caller go on; "already there" would stop work that nobody else does.
    add = guarded(RedisCacheClient.add, otherwise=True)
    set = guarded(RedisCacheClient.set, otherwise=None)
    touch = guarded(RedisCacheClient.touch, otherwise=False)
    delete = guarded(RedisCacheClient.delete, otherwise=False)
    get_many = guarded(RedisCacheClient.get_many, otherwise={})
    has_key = guarded(RedisCacheClient.has_key, otherwise=False)
    set_many = guarded(RedisCacheClient.set_many, otherwise=None)
    delete_many = guarded(RedisCacheClient.delete_many, otherwise=None)
    clear = guarded(RedisCacheClient.clear, otherwise=False)
    _incr = guarded(RedisCacheClient.incr, otherwise=None)

    def get(self, key: Any, default: Any) -> Any:
        return self.breaker.call(partial(super().get, key, default), default)

    def incr(self, key: Any, delta: int) -> int:
        value = self._incr(key, delta)
        if value is None:
            raise ValueError(f"Key {key!r} not found.")  # what Django says of a missing counter
        return int(value)


class FailOpenRedisCache(RedisCache):
    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = FailOpenClient
