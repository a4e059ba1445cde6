"""Rows for all tests of a file: made once, as what a test does to them is taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def for_a_file(blocker: Any) -> Iterator[None]:
    """Around the making, in a fixture of the scope `module`; not with tests that commit."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
