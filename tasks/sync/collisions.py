"""When two workers get in each other's way in the database: one of them has to begin again."""

from django.db import OperationalError

# PostgreSQL: serialization failure, deadlock, lock not available. SQLite: busy, locked.
SQLSTATES = {"40001", "40P01", "55P03"}
SQLITE_CODES = {5, 6}
BEGIN_AGAIN_IN = 1.0


def is_collision(error: OperationalError) -> bool:
    """Whether the same again, a moment later, will work: nothing was written, nothing is broken."""
    cause = error.__cause__
    if getattr(cause, "pgcode", None) in SQLSTATES:
        return True
    code = getattr(cause, "sqlite_errorcode", None)
    return isinstance(code, int) and code & 0xFF in SQLITE_CODES
