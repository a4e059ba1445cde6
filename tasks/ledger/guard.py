"""The database itself refuses to change or delete what the ledger says.

Set up after every migration: where SQLite builds a table anew, its triggers are gone with it.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from tasks.models import Promise, PromiseEvent

TABLES = tuple(model._meta.db_table for model in (Promise, PromiseEvent))
REFUSAL = "The ledger is only ever added to: what was promised and what happened stay as they are."
DEEDS = ("UPDATE", "DELETE")

FUNCTION = f"""
CREATE OR REPLACE FUNCTION godview_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Set the guard on both tables; where it stands already, nothing changes."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """For those who empty a whole database, such as the tests. Ordinary work never does."""
    on = {"postgresql": " ON {table}"}.get(connection.vendor, "")
    with connection.cursor() as cursor:
        for table in TABLES:
            for deed in (*DEEDS, "TRUNCATE"):
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
    return all(_name(table, deed) in there for table in TABLES for deed in DEEDS)


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {_name(table, deed)} BEFORE {deed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for table in TABLES
            for deed in DEEDS
        ]
    rows = [
        f"CREATE TRIGGER {_name(table, deed)} BEFORE {deed} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION godview_refuse()"
        for table in TABLES
        for deed in DEEDS
    ]
    whole = [
        f"CREATE TRIGGER {_name(table, 'TRUNCATE')} BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION godview_refuse()"
        for table in TABLES
    ]
    return rows + whole


def _name(table: str, deed: str) -> str:
    return f"{table}_no_{deed.lower()}"
