"""Whether the question being answered is about what was known on a past day.

Inside such a question the tables of facts hold what they held then. Who may see what is a matter
of today all the same: that is asked with hindsight.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import QuerySet

_BLIND: ContextVar[bool] = ContextVar("blind_to_what_came_later", default=False)


def is_blind() -> bool:
    """Whether nothing that was entered later is to be known now."""
    return _BLIND.get()


@contextmanager
def without_hindsight() -> Iterator[None]:
    with _switched(blind=True):
        yield


@contextmanager
def with_hindsight() -> Iterator[None]:
    """Inside, the tables are as they are today, whatever is being asked around it."""
    with _switched(blind=False):
        yield


@contextmanager
def _switched(*, blind: bool) -> Iterator[None]:
    token = _BLIND.set(blind)
    try:
        yield
    finally:
        _BLIND.reset(token)


def of_today(rows: "QuerySet[Any, Any]") -> Any:
    """The rows as they are today. Inside a question about the past they are read at once."""
    if not is_blind():
        return rows
    with with_hindsight():
        return list(rows)


def seen_today(rows: "QuerySet[Any, Any]", everybody: "QuerySet[Any, Any]") -> Any:
    """Of `everybody` those that are among `rows` as they are today."""
    if not is_blind():
        return rows
    return everybody.filter(pk__in=of_today(rows.values_list("pk", flat=True)))
