"""The mark that a worker leaves in the cache whenever beat asks it to."""

import time

from django.core.cache import cache

KEY = "worker-heartbeat"


def mark() -> None:
    cache.set(KEY, time.time(), timeout=None)


def age() -> float | None:
    """Seconds since a worker last answered; None when none ever did."""
    marked_at = cache.get(KEY)
    return None if marked_at is None else max(0.0, time.time() - marked_at)
