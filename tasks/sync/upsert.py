"""Many rows at once into a table: new ones inserted, known ones updated, one statement for each.

Django's bulk_create can update on a conflict, but not only where the row is older than what we
bring, nor keep a value that was there first; both matter here, and so does its speed.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import orjson
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
        table = quoted(model._meta.db_table)
        updates = [f"{quoted(c)} = excluded.{quoted(c)}" for c in columns]
        kept = {*unique, *insert_only, *keep_first}
        updates = [update for c, update in zip(columns, updates, strict=True) if c not in kept]
        for column in keep_first:
            own, new = f"{table}.{quoted(column)}", f"excluded.{quoted(column)}"
            is_empty = f"{table}.{quoted(keep_first[0])} IS NULL"
            updates.append(f"{quoted(column)} = CASE WHEN {is_empty} THEN {new} ELSE {own} END")
        updates += [f"{quoted(column)} = NULL" for column in clear]
        where = f" WHERE excluded.{quoted(newer)} >= {table}.{quoted(newer)}" if newer else ""
        back = f" RETURNING {', '.join(map(quoted, returning))}" if returning else ""
        self._returning = bool(returning)
        self._columns = columns
        self._insert = f"INSERT INTO {table} ({', '.join(map(quoted, columns))}) "
        self._after = (
            f" ON CONFLICT ({', '.join(map(quoted, unique))}) DO UPDATE SET "
            f"{', '.join(updates)}{where}{back}"
        )
        self._rows = Rows(model, columns)

    def __call__(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """Write the rows; answer what `returning` asks for, of those that were written."""
        answered: list[Any] = []
        with connection.cursor() as cursor:
            for part in chunks(rows, VALUES_AT_ONCE // len(self._columns)):
                source, values = self._rows.as_source(part)
                execute(cursor, self._insert + source + self._after, values)
                if self._returning:
                    answered += cursor.fetchall()
        return answered


class Rows:
    """Rows as a part of a statement, in the way that each database reads fastest.

    For SQLite one question mark for each value; for PostgreSQL one JSON document, because there
    thousands of values take longer to parse than to write.
    """

    def __init__(self, model: type[models.Model], columns: Sequence[str]) -> None:
        self._columns = columns
        self._values = f"({', '.join('?' * len(columns))})"
        types = {field.column: field.db_type(connection) for field in model._meta.concrete_fields}
        shape = ", ".join(f"{quoted(column)} {types[column]}" for column in columns)
        names = ", ".join(map(quoted, columns))
        self._json = f"SELECT {names} FROM json_to_recordset(%s::json) AS given({shape})"  # noqa: S608

    def as_source(self, rows: Sequence[Sequence[Any]]) -> tuple[str, list[Any]]:
        if connection.vendor == "sqlite":
            return "VALUES " + ", ".join([self._values] * len(rows)), list(chain(*rows))
        named = [dict(zip(self._columns, row, strict=True)) for row in rows]
        return self._json, [orjson.dumps(named).decode()]


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
    own = {field.name: field for field in model._meta.concrete_fields}
    fields = [own[name] for name in columns]
    assignments = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    sql = f"UPDATE {quoted(model._meta.db_table)} SET {assignments} WHERE id = %s"  # noqa: S608
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


def quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


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
