"""A database for one benchmark: made, migrated, filled, dropped. The real one is never opened."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ENGINE_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@contextmanager
def scratch_database() -> Iterator[None]:
    """Everything inside reads and writes an empty database of the same engine as the real one."""
    real_name = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="godview-bench-") as folder:
        test = connection.settings_dict["TEST"]
        named = test["NAME"]
        if connection.vendor == "sqlite":
            test["NAME"] = str(Path(folder) / "bench.sqlite3")
        else:
            test["NAME"] = f"bench_{Path(folder).name.rpartition('-')[2]}"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(str(real_name), verbosity=0)
            connection.settings_dict["NAME"] = real_name
            test["NAME"] = named


def analyze() -> None:
    """Let the planner know the sizes, as a database in use does."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def engine() -> str:
    return ENGINE_NAMES[connection.vendor]
