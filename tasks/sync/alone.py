"""One at a time among all workers, for what must not be done twice at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

import redis
import structlog
from django.conf import settings

log = structlog.get_logger(__name__)
_naming = threading.Lock()
_here: "WeakValueDictionary[str, threading.Lock]" = WeakValueDictionary()


@contextmanager
def alone(name: str, *, seconds: float, patience: float) -> Iterator[bool]:
    """Whether nobody else does this now, after as much patience; without the broker in here only.

    It is ours for so many seconds, should we die in the middle.
    """
    with _naming:
        mine = _here.setdefault(name, threading.Lock())
    if not mine.acquire(timeout=patience):
        yield False
        return
    try:
        with _among_workers(name, seconds, patience) as held:
            yield held
    finally:
        mine.release()


@contextmanager
def _among_workers(name: str, seconds: float, patience: float) -> Iterator[bool]:
    broker = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=5)
    lock = broker.lock(
        f"asana:{name}", timeout=seconds, blocking_timeout=patience, thread_local=False
    )
    try:
        held = lock.acquire()
    except redis.RedisError as error:
        log.warning("alone_without_broker", name=name, error=str(error))
        yield True
        return
    try:
        yield bool(held)
    finally:
        if held:
            _release(lock, name)


def _release(lock: "redis.lock.Lock", name: str) -> None:
    try:
        lock.release()
    except redis.RedisError as error:
        log.warning("lock_not_released", name=name, error=str(error))
