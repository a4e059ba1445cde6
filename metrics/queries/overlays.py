"""What each table held at the end of a past day, as SQL that stands in for the table.

Facts keep every state they were ever in, in their history. Other rows are written once, or say
themselves when they came and when they changed. Of what says neither, nothing was known.
"""

from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection
from django.db.models import GeneratedField, Model, OuterRef, Subquery
from django.utils import timezone

APPS = ("clients", "tasks", "training")
# Their histories leave out what Asana or a sign-in changes by itself: they are read as they are.
LEFT_AS_THEY_ARE = {"ApiToken", "AsanaConnection", "AsanaUser", "Project"}

Overlay = tuple[str, tuple[Any, ...]]


class Dated(NamedTuple):
    """`came` says when a row came; each key of `changed` says when it changed, and from what."""

    came: str
    changed: dict[str, dict[str, Any]]


UNDECIDED: dict[str, Any] = {"decided_at": None, "decided_by_id": None, "note": ""}
DATED = {
    "tasks.Task": Dated(
        "created_at",
        {
            "completed_at": {"completed_at": None, "completed_on": None},
            "deleted_at": {"deleted_at": None},
            "missing_since": {"missing_since": None},
        },
    ),
    "tasks.Postponement": Dated("asked_at", {"decided_at": {**UNDECIDED, "state": "asked"}}),
    "tasks.Finding": Dated("found_at", {"decided_at": {**UNDECIDED, "state": "open"}}),
    "tasks.PromiseEvent": Dated("recorded_at", {}),
    "tasks.HelpRequest": Dated(
        "asked_at", {"given_at": {"given_at": None, "given_by_id": None, "answer": ""}}
    ),
    "training.Attempt": Dated(
        "started_at", {"submitted_at": {"submitted_at": None, "submitted_on": None, "score": None}}
    ),
    "metrics.Crossing": Dated("crossed_on", {"cleared_on": {"cleared_on": None}}),
}
NOT_KEPT = ("metrics.WarningScore", "metrics.Snapshot")


def facts_with_history() -> list[type[Model]]:
    """The models of which every change leaves a line."""
    models = [model for label in APPS for model in apps.get_app_config(label).get_models()]
    return [model for model in models if hasattr(model, "history")]


@cache
def overlaid_tables() -> dict[str, type[Model]]:
    """By its name in quotes: each table that holds something else on a past day."""
    labels = [*DATED, *NOT_KEPT, "metrics.AttentionCase", "metrics.Limit"]
    models = [*facts_with_history(), *(apps.get_model(label) for label in labels)]
    return {
        connection.ops.quote_name(model._meta.db_table): model
        for model in models
        if model.__name__ not in LEFT_AS_THEY_ARE
    }


@lru_cache(maxsize=512)
def overlay_of(model: type[Model], day: date) -> Overlay:
    """A common table expression by the name of the table, and its parameters."""
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    if model._meta.label in NOT_KEPT:
        columns = ", ".join(_columns(model))
        nothing = f"SELECT {columns} FROM {_real(model)} WHERE 1 = 0"  # noqa: S608 - our own names
        return _as_table(model, nothing), ()
    dated = DATED.get(model._meta.label)
    return _from_its_dates(model, dated, midnight) if dated else _from_history(model, midnight)


def _from_history(model: type[Model], midnight: datetime) -> Overlay:
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
    return _as_table(model, sql), tuple(params)


def _from_its_dates(model: type[Model], dated: Dated, midnight: datetime) -> Overlay:
    quote, params = connection.ops.quote_name, []
    until: dict[str, tuple[str, Any]] = {
        column: (changed, before)
        for changed, columns in dated.changed.items()
        for column, before in columns.items()
    }
    told = []
    for field in model._meta.concrete_fields:
        column = str(field.column)
        if column in until:
            changed, before = until[column]
            value = "NULL" if before is None else "%s"
            told.append(f"CASE WHEN {quote(changed)} >= %s THEN {value} ELSE {quote(column)} END")
            params += [_moment(model, changed, midnight)]
            params += [] if before is None else [before]
        else:
            told.append(quote(column))
    came = quote(dated.came)
    sql = (
        f"SELECT {', '.join(told)} FROM {_real(model)}"  # noqa: S608 - our own names
        f" WHERE {came} IS NULL OR {came} < %s"
    )
    return _as_table(model, sql), (*params, _moment(model, dated.came, midnight))


def _moment(model: type[Model], column: str, midnight: datetime) -> Any:
    """The midnight as the column would hold it."""
    field: Any = model._meta.get_field(column)
    is_moment = field.get_internal_type() == "DateTimeField"
    told = midnight if is_moment else timezone.localdate(midnight)
    return field.get_db_prep_value(told, connection)


def _real(model: type[Model]) -> str:
    """The table itself; on SQLite its bare name would mean what stands in for it."""
    table = connection.ops.quote_name(model._meta.db_table)
    return f'"main".{table}' if connection.vendor == "sqlite" else table


def _as_table(model: type[Model], sql: str) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    return f"{table} ({', '.join(_columns(model))}) AS ({sql})"


def _columns(model: type[Model]) -> list[str]:
    return [connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields]
