"""The same statements over the same rows in DuckDB: what a database made for counting takes."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from godview.periods import Period
from metrics.bench.dialect import written_for
from metrics.bench.sql import statements, told

TYPES = {
    "AutoField": "BIGINT",
    "BigAutoField": "BIGINT",
    "BooleanField": "BOOLEAN",
    "DateField": "DATE",
    "DateTimeField": "TIMESTAMP",
    "DecimalField": "DECIMAL(24, 8)",
    "ForeignKey": "BIGINT",
    "IntegerField": "BIGINT",
    "OneToOneField": "BIGINT",
    "PositiveIntegerField": "BIGINT",
    "PositiveSmallIntegerField": "BIGINT",
}
ROWS_AT_ONCE = 20_000
READ_AS = r"""HEADER false, AUTO_DETECT false, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '\N'"""


class Duck:
    """A DuckDB in memory with the tables that the statements name."""

    def __init__(self, duck: Any) -> None:
        self._duck = duck
        with written_for("postgresql"):
            self._statements = [_named(statement) for statement in statements()]

    def figures(self, period: Period, as_of: date) -> dict[str, Any]:
        asked = told(period, as_of)
        found: dict[str, Any] = {}
        for statement, names in self._statements:
            answer = self._duck.execute(statement, {name: asked[name] for name in names})
            columns = [column[0] for column in answer.description]
            found |= dict(zip(columns, answer.fetchone(), strict=True))
        return found


@contextmanager
def ducked() -> Iterator[Duck]:
    """Copies the rows out of the database in use. DuckDB comes with the tests."""
    import duckdb

    duck = duckdb.connect()
    try:
        duck.execute("SET integer_division = true")
        for model in _tables_named(statements()):
            _copy(model, duck)
        yield Duck(duck)
    finally:
        duck.close()


def _named(statement: str) -> tuple[str, list[str]]:
    """`%(day)s` is `$day` there, and only what a statement names may be given to it."""
    names = sorted(set(re.findall(r"%\((\w+)\)s", statement)))
    return re.sub(r"%\((\w+)\)s", r"$\1", statement), names


def _tables_named(texts: list[str]) -> list[type[Model]]:
    words = set(re.findall(r"\b(?:clients|tasks|training)_\w+", " ".join(texts)))
    return [model for model in apps.get_models() if model._meta.db_table in words]


def _copy(model: type[Model], duck: Any) -> None:
    table = model._meta.db_table
    columns = {
        str(field.column): TYPES.get(_type(field), "VARCHAR")
        for field in model._meta.concrete_fields
    }
    shape = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    duck.execute(f"CREATE TABLE {table} ({shape})")
    with TemporaryDirectory(prefix="godview-duck-") as folder:
        file = Path(folder) / "rows.csv"
        _write(file, table, list(columns))
        duck.execute(f"COPY {table} FROM '{file}' ({READ_AS})")


def _type(field: Any) -> str:
    """Of a field that the database works out, that of what comes out."""
    kind: str = getattr(field, "output_field", field).get_internal_type()
    return kind


def _write(file: Path, table: str, columns: list[str]) -> None:
    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor, file.open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        cursor.execute(f"SELECT {names} FROM {table}")  # noqa: S608
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            writer.writerows([["\\N" if cell is None else cell for cell in row] for row in rows])
