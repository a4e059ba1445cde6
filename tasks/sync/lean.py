"""What keeps a sync quick and its memory flat."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def few_collections() -> Iterator[None]:
    """Let Python look for rings of garbage seldom: a read makes many records and no rings.

    Otherwise a fifth of a sync goes into looking through all of Django again and again.
    """
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


@contextmanager
def unmapped_database() -> Iterator[None]:
    """Read SQLite's file page by page, or the worker's memory grows with the database."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA mmap_size")
        (before,) = cursor.fetchone() or (0,)
        cursor.execute("PRAGMA mmap_size = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA mmap_size = {int(before)}")
