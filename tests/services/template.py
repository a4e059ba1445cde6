"""A migrated, empty SQLite file, kept from the last run: migrating takes seconds of every run.

Its name holds a digest of all migrations and of the lock file, so another migration is another
template. Django still runs `migrate` on the copy.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from functools import cache
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".cache" / "test-databases"


def template() -> Path:
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for path in sorted(ROOT.glob("[a-z]*/migrations/*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return FOLDER / f"{digest.hexdigest()[:24]}.sqlite3"


def copy_to(target: Path) -> bool:
    """False when there is none: then the caller migrates and keeps, and others wait for it here."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = template()
    if not found.exists():
        fcntl.flock(_lock(), fcntl.LOCK_EX)
    if not found.exists():
        return False
    fcntl.flock(_lock(), fcntl.LOCK_UN)
    shutil.copy(found, target)
    return True


@cache
def _lock() -> IO[str]:
    return (FOLDER / "lock").open("w")


def keep(database: Path) -> None:
    """Keeps a consistent copy, and only the newest few."""
    draft = FOLDER / f"draft-{os.getpid()}"
    connection = sqlite3.connect(database)
    connection.execute("VACUUM INTO ?", (str(draft),))
    connection.close()
    draft.replace(template())
    for old in sorted(FOLDER.glob("*.sqlite3"), key=lambda p: p.stat().st_mtime)[:-4]:
        old.unlink(missing_ok=True)
    fcntl.flock(_lock(), fcntl.LOCK_UN)
