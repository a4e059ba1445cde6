"""Whole sets of rows from one table into another, in one statement of the database."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, models


def insert_from(
    model: type[models.Model], source: "models.QuerySet[Any]", columns: Mapping[str, Any]
) -> int:
    """Insert a row for each row of `source`; `columns` says what each column is given."""
    given = {f"given_{name}": expression for name, expression in columns.items()}
    rows = source.order_by().annotate(**given).values_list(*given)
    select, values = rows.query.sql_with_params()
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({names}) {select}", values)
        return int(cursor.rowcount)


def text(value: str) -> models.Value:
    return models.Value(str(value), models.CharField())
