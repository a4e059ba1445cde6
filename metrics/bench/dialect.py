"""Where SQLite and PostgreSQL differ, and the words that every statement shares.

DuckDB reads what is written for PostgreSQL.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

_WRITTEN_FOR: ContextVar[str] = ContextVar("written_for", default="")

DAYS = {"sqlite": "(julianday({0}) - julianday({1}))", "postgresql": "(({0})::date - ({1})::date)"}
MOMENTS = {
    "sqlite": "(julianday({0}) - julianday({1}))",
    "postgresql": "(EXTRACT(EPOCH FROM {0} - {1}) / 86400.0)",
}
LEAST = {"sqlite": "min", "postgresql": "least"}
GREATEST = {"sqlite": "max", "postgresql": "greatest"}


def vendor() -> str:
    return _WRITTEN_FOR.get() or connection.vendor


@contextmanager
def written_for(name: str) -> Iterator[None]:
    """Statements that are written inside are for another database than the one in use."""
    token = _WRITTEN_FOR.set(name)
    try:
        yield
    finally:
        _WRITTEN_FOR.reset(token)


def days(later: str, earlier: str) -> str:
    return DAYS[vendor()].format(later, earlier)


def served(day: str, spell: str = "spell") -> str:
    return f"{spell}.started_on <= {day} AND ({spell}.ended_on IS NULL OR {spell}.ended_on > {day})"
