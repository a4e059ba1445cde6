"""The database itself refuses to change or delete what the ledger says.

Set up after every migration: where SQLite builds a table anew, its triggers are gone with it.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from tasks.ledger.triggers import LEDGER, Trigger, triggers

TABLES = tuple(model._meta.db_table for model in LEDGER)


def install(connection: BaseDatabaseWrapper) -> None:
    """Set every trigger; where it stands already, it is set anew."""
    remove(connection)
    create = {"sqlite": _on_sqlite, "postgresql": _on_postgres}[connection.vendor]
    with connection.cursor() as cursor:
        for trigger in triggers(connection.vendor):
            cursor.execute(create(trigger))


def remove(connection: BaseDatabaseWrapper) -> None:
    """For migrations, and for those who empty a whole database. Ordinary work never does."""
    tables = set(connection.introspection.table_names())
    on_table = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for trigger in triggers(connection.vendor):
            if trigger.table in tables:
                where = f" ON {trigger.table}" if on_table else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{where}")


def is_installed(connection: BaseDatabaseWrapper) -> bool:
    source = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(source)
        there = {name for (name,) in cursor.fetchall()}
    return all(trigger.name in there for trigger in triggers(connection.vendor))


def _on_sqlite(trigger: Trigger) -> str:
    return (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.deed} ON {trigger.table} "
        f"WHEN {trigger.when} BEGIN SELECT RAISE(ABORT, '{trigger.words}'); END"
    )


def _on_postgres(trigger: Trigger) -> str:
    """A function of its own: a condition of PostgreSQL's triggers asks no other table."""
    each = "STATEMENT" if trigger.deed == "TRUNCATE" else "ROW"
    row = "OLD" if trigger.deed == "DELETE" else "NEW"  # with none the deed would not be done
    return f"""
        CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF {trigger.when} THEN
            RAISE EXCEPTION '{trigger.words}' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN {row};
        END $$;
        CREATE TRIGGER {trigger.name} BEFORE {trigger.deed} ON {trigger.table}
        FOR EACH {each} EXECUTE FUNCTION {trigger.name}()"""
