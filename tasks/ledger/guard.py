"""The database itself refuses to change or delete what the ledger says.

A weekly goal may be marked, but once it is promised it is not made another one.
Set up after every migration: where SQLite builds a table anew, its triggers are gone with it.
"""

from collections.abc import Iterator

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from tasks.models import Promise, PromiseEvent, WeeklyGoal

MODELS = (Promise, PromiseEvent)
TABLES = tuple(model._meta.db_table for model in MODELS)
REFUSAL = "The ledger is only ever added to: what was promised and what happened stay as they are."
DEEDS = {"sqlite": ("UPDATE", "DELETE", "REPLACE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}

GOALS = WeeklyGoal._meta.db_table
GOAL_REFUSAL = "This weekly goal was promised: its client, manager, week and words are fixed."

FUNCTION = """
CREATE OR REPLACE FUNCTION godview_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Set the guard on both tables; where it stands already, it is set anew."""
    remove(connection)
    statements = {"sqlite": _on_sqlite, "postgresql": _on_postgres}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """For those who empty a whole database, such as the tests. Ordinary work never does."""
    on = {"postgresql": " ON {table}"}.get(connection.vendor, "")
    with connection.cursor() as cursor:
        for table, deed in _guarded(connection):
            name = _name(table, deed)
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on.format(table=table)}")


def is_installed(connection: BaseDatabaseWrapper) -> bool:
    source = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(source)
        there = {name for (name,) in cursor.fetchall()}
    return all(_name(table, deed) in there for table, deed in _guarded(connection))


def _guarded(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str]]:
    """Each table and deed with a trigger of its own."""
    yield from ((table, deed) for table in TABLES for deed in DEEDS[connection.vendor])
    yield GOALS, "REWRITE"


def _on_sqlite() -> Iterator[str]:
    refuse = _raised(REFUSAL)
    for model in MODELS:
        table = model._meta.db_table
        for deed in ("UPDATE", "DELETE"):
            yield f"CREATE TRIGGER {_name(table, deed)} BEFORE {deed} ON {table} {refuse}"
        # INSERT OR REPLACE takes the old row away without asking the trigger of DELETE.
        same = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE "  # noqa: S608 - names of our own tables
            + " AND ".join(f"{column} = NEW.{column}" for column in key)
            + ")"
            for key in _keys(model)
        )
        name = _name(table, "REPLACE")
        yield f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {same} {refuse}"
    other = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in WeeklyGoal.FIXED)
    yield (
        f"CREATE TRIGGER {_name(GOALS, 'REWRITE')} BEFORE UPDATE ON {GOALS} "
        f"WHEN OLD.committed_at IS NOT NULL AND ({other}) {_raised(GOAL_REFUSAL)}"
    )


def _raised(words: str) -> str:
    return f"BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _on_postgres() -> Iterator[str]:
    yield FUNCTION
    for table in TABLES:
        for deed in DEEDS["postgresql"]:
            each = "STATEMENT" if deed == "TRUNCATE" else "ROW"
            yield (
                f"CREATE TRIGGER {_name(table, deed)} BEFORE {deed} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION godview_refuse('{REFUSAL}')"
            )
    old, new = (
        ", ".join(f"{row}.{column}" for column in WeeklyGoal.FIXED) for row in ("OLD", "NEW")
    )
    yield (
        f"CREATE TRIGGER {_name(GOALS, 'REWRITE')} BEFORE UPDATE ON {GOALS} FOR EACH ROW "
        f"WHEN (OLD.committed_at IS NOT NULL AND ({old}) IS DISTINCT FROM ({new})) "
        f"EXECUTE FUNCTION godview_refuse('{GOAL_REFUSAL}')"
    )


def _keys(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    """The columns that no two rows have in common."""
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    yield from ((columns[f.name],) for f in model._meta.concrete_fields if f.unique)
    for constraint in model._meta.total_unique_constraints:
        yield tuple(columns[name] for name in constraint.fields)


def _name(table: str, deed: str) -> str:
    return f"{table}_no_{deed.lower()}"
