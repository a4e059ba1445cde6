"""Reading the facts as they were known on a past day, late entries and later corrections left out.

Every fact keeps its history: each row as it was entered and changed, and when. Inside
`as_known_on` a table of facts is overlaid, for every SELECT, by what its history held at the end of
that day; so each number is counted by the very same queries, whatever day is asked about.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import GeneratedField, Model, OuterRef, Subquery
from django.utils import timezone

from metrics.memory import nothing_kept

APPS = ("clients", "tasks", "training")
# Their histories leave out what Asana or a sign-in changes by itself: they are read as they are.
LEFT_AS_THEY_ARE = {"ApiToken", "AsanaConnection", "AsanaUser", "Project"}

Overlay = tuple[str, tuple[Any, ...]]


@contextmanager
def as_known_on(day: date | None) -> Iterator[None]:
    """Nothing that was entered after `day` is known inside; None: everything is."""
    if day is None:
        yield
        return
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    overlays = {
        model._meta.db_table: _overlay(model, midnight)
        for model in facts_with_history()
        if model.__name__ not in LEFT_AS_THEY_ARE
    }
    with connection.execute_wrapper(_laid_over(overlays)), nothing_kept():
        yield


def facts_with_history() -> list[type[Model]]:
    """The models of which every change leaves a line."""
    models = [model for label in APPS for model in apps.get_app_config(label).get_models()]
    return [model for model in models if hasattr(model, "history")]


def _overlay(model: type[Model], midnight: datetime) -> Overlay:
    """A common table expression by the name of the table, and its parameters."""
    history: Any = model.history.model  # type: ignore[attr-defined]
    lines = history.objects.filter(id=OuterRef("id"), history_date__lt=midnight)
    newest = lines.order_by("-history_date", "-history_id").values("history_id")[:1]
    rows = history.objects.filter(history_id=Subquery(newest)).exclude(history_type="-").order_by()
    names = []
    for field in model._meta.concrete_fields:
        if isinstance(field, GeneratedField):
            worked_out: Any = field
            rows = rows.annotate(**{field.attname: worked_out.expression})
        names.append(field.attname)
    sql, params = rows.values_list(*names).query.sql_with_params()
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in model._meta.concrete_fields)
    return f"{quote(model._meta.db_table)} ({columns}) AS ({sql})", tuple(params)


def _laid_over(overlays: dict[str, Overlay]) -> Callable[..., Any]:
    quoted = {connection.ops.quote_name(table): overlay for table, overlay in overlays.items()}

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if many or not sql.lstrip("(").startswith("SELECT"):
            return execute(sql, params, many, context)
        found = [overlay for table, overlay in quoted.items() if table in sql]
        if not found:
            return execute(sql, params, many, context)
        tables = ", ".join(overlay for overlay, _ in found)
        told = [value for _, own in found for value in own]
        return execute(f"WITH {tables} {sql}", (*told, *(params or ())), many, context)

    return wrapper
