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


def look_again(*of: type[models.Model]) -> None:
    """Let PostgreSQL count these tables anew: after many new rows its plans are those of an
    empty table, and a quick question takes minutes. SQLite plans without counting."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in of:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def text(value: str) -> models.Value:
    return models.Value(str(value), models.CharField())
