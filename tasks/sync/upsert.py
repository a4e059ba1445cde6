"""Many rows at once into a table: new ones inserted, known ones updated, one statement for each.

Django's bulk_create can update on a conflict, but not only where the row is older than what we
bring, nor keep a value that was there first; both matter here, and so does its speed.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

# SQLite takes 32,766 values in a statement.
VALUES_AT_ONCE = 30_000


class Upsert:
    """An INSERT .. ON CONFLICT for one model, prepared once.

    `insert_only` columns are never changed on a known row. `keep_first` columns are set only while
    their first one is still empty, all together.
    `clear` columns become NULL on a known row. `newer` names the column that must not go back.
    """

    def __init__(
        self,
        model: type[models.Model],
        columns: Sequence[str],
        unique: Sequence[str],
        *,
        insert_only: Sequence[str] = (),
        keep_first: Sequence[str] = (),
        clear: Sequence[str] = (),
        newer: str | None = None,
        returning: Sequence[str] = (),
    ) -> None:
        quote = connection.ops.quote_name
        table = quote(model._meta.db_table)
        names = ", ".join(map(quote, columns))
        updates = [f"{quote(c)} = excluded.{quote(c)}" for c in columns]
        kept = {*unique, *insert_only, *keep_first}
        updates = [update for c, update in zip(columns, updates, strict=True) if c not in kept]
        for column in keep_first:
            own, new = f"{table}.{quote(column)}", f"excluded.{quote(column)}"
            is_empty = f"{table}.{quote(keep_first[0])} IS NULL"
            updates.append(f"{quote(column)} = CASE WHEN {is_empty} THEN {new} ELSE {own} END")
        updates += [f"{quote(column)} = NULL" for column in clear]
        where = f" WHERE excluded.{quote(newer)} >= {table}.{quote(newer)}" if newer else ""
        back = f" RETURNING {', '.join(map(quote, returning))}" if returning else ""
        self._returning = bool(returning)
        self._before = f"INSERT INTO {table} ({names}) VALUES "  # noqa: S608  names are ours
        self._after = (
            f" ON CONFLICT ({', '.join(map(quote, unique))}) DO UPDATE SET "
            f"{', '.join(updates)}{where}{back}"
        )
        self._row = f"({', '.join([_mark()] * len(columns))})"
        self._rows_at_once = VALUES_AT_ONCE // len(columns)

    def __call__(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """Write the rows; answer what `returning` asks for, of those that were written."""
        answered: list[Any] = []
        with connection.cursor() as cursor:
            for part in chunks(rows, self._rows_at_once):
                sql = self._before + ", ".join([self._row] * len(part)) + self._after
                execute(cursor, sql, list(chain.from_iterable(part)))
                if self._returning:
                    answered += cursor.fetchall()
        return answered


def rows_where_in(sql: str, values: Iterable[str]) -> list[Any]:
    """The rows of a SELECT that ends in `IN`, for as many values as there are."""
    found: list[Any] = []
    with connection.cursor() as cursor:
        for part in chunks(values, VALUES_AT_ONCE):
            execute(cursor, f"{sql} ({', '.join([_mark()] * len(part))})", part)
            found += cursor.fetchall()
    return found


def update_rows(
    model: type[models.Model], rows: Sequence[models.Model], columns: Sequence[str]
) -> None:
    """Write these columns of rows that exist."""
    quote = connection.ops.quote_name
    own = {field.name: field for field in model._meta.concrete_fields}
    fields = [own[name] for name in columns]
    assignments = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {assignments} WHERE id = %s"  # noqa: S608
    values = [
        [
            *(f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields),
            row.pk,
        ]
        for row in rows
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)


def _mark() -> str:
    return "?" if connection.vendor == "sqlite" else "%s"


def execute(cursor: CursorWrapper, sql: str, values: list[Any]) -> None:
    """Django rewrites every %s for SQLite, which for thousands of them takes as long as the rest.

    So there the statement is written with question marks and handed to SQLite as it is.
    """
    if connection.vendor != "sqlite":
        cursor.execute(sql, values)
        return
    with connection.wrap_database_errors:
        sqlite3.Cursor.execute(cursor.cursor, sql, values)


def chunks(items: Iterable[Any], length: int = 500) -> Iterable[list[Any]]:
    everything = list(items)
    for start in range(0, len(everything), length):
        yield everything[start : start + length]
