"""Reading the facts as they were known on a past day, late entries and later corrections left out.

Inside `as_known_on` a table is overlaid, for every SELECT, by what it held at the end of that day;
so each number is counted by the very same queries, whatever day is asked about.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection

from godview.hindsight import is_blind, without_hindsight
from metrics.memory import kept_apart
from metrics.queries.overlays import facts_with_history, overlaid_tables, overlay_of

__all__ = ["as_known_on", "facts_with_history"]


@contextmanager
def as_known_on(day: date | None) -> Iterator[None]:
    """Nothing that was entered after `day` is known inside; None: everything is."""
    if day is None:
        yield
        return
    laid = connection.execute_wrapper(_laid_over(day))
    with laid, without_hindsight(), kept_apart():
        yield


def _laid_over(day: date) -> Callable[..., Any]:
    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if many or not is_blind() or not sql.lstrip("(").startswith("SELECT"):
            return execute(sql, params, many, context)
        models = [model for table, model in overlaid_tables().items() if table in sql]
        if not models:
            return execute(sql, params, many, context)
        found = [overlay_of(model, day) for model in models]
        tables = ", ".join(overlay for overlay, _ in found)
        told = [value for _, own in found for value in own]
        return execute(f"WITH {tables} {sql}", (*told, *(params or ())), many, context)

    return wrapper
