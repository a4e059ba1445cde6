"""A benchmark's agency many times over, copied inside the database.

So 100,000 clients take minutes instead of hours.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import CharField, Field, GeneratedField, IntegerField, Max, Model

from clients.models import Department, ExchangeRate, GrossMargin
from tasks.models import AsanaConnection
from training.models import ModuleVersion, Requirement, TrainingModule

APPS = ("clients", "tasks", "training")
SHARED = (
    Department,
    ExchangeRate,
    GrossMargin,
    AsanaConnection,
    TrainingModule,
    ModuleVersion,
    Requirement,
)


def multiply(times: int) -> None:
    """Everything that belongs to one client, person or pod `times` times; the rest is shared.

    One statement after the other, and none of them is undone if a later one fails.
    """
    spans = dict(_spans())
    with connection.cursor() as cursor:
        for model in _parents_first(spans):
            copy = _copy_of(model, spans)
            for number in range(1, times):
                cursor.execute(copy, {"copy": number})
        for statement in connection.ops.sequence_reset_sql(no_style(), list(spans)):
            cursor.execute(statement)


def _spans() -> Iterator[tuple[type[Model], int]]:
    """How far the keys of each table reach, if anything of it is to be copied."""
    for name in APPS:
        for model in apps.get_app_config(name).get_models():
            key: Any = model._meta.pk
            counts = isinstance(key.target_field if key.is_relation else key, IntegerField)
            if counts and model not in SHARED:
                last = model._default_manager.aggregate(last=Max("pk"))["last"]
                if last:
                    yield model, last


def _parents_first(models: Iterable[type[Model]]) -> list[type[Model]]:
    """Rows are copied after the rows that they point to."""
    waiting, ready = list(models), list[type[Model]]()
    while waiting:
        free = [model for model in waiting if not _parents(model) & {*waiting} - {model}]
        ready += free
        waiting = [model for model in waiting if model not in free]
    return ready


def _parents(model: type[Model]) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def _copy_of(model: type[Model], spans: dict[type[Model], int]) -> str:
    """One statement that copies the rows of the first agency, their keys moved out of its way."""
    quoted = connection.ops.quote_name
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, GeneratedField)]
    table, key = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    values = ", ".join(_moved(field, model, spans) for field in fields)
    # Names of tables and columns come from the models, the rest is a parameter.
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {key} <= {spans[model]}"  # noqa: S608, E501


def _moved(
    field: "Field[object, object]", model: type[Model], spans: dict[type[Model], int]
) -> str:
    column = connection.ops.quote_name(str(field.column))
    target = model if field.primary_key and not field.is_relation else field.related_model
    if target in spans:
        return f"{column} + {spans[target]} * %(copy)s"
    if field.unique and isinstance(field, CharField):
        return f"{column} || '-' || CAST(%(copy)s AS text)"
    return column
