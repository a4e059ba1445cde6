"""A migrated, empty SQLite file, kept from the last run: migrating takes seconds of every run.

Its name holds a digest of all migrations and of the lock file, so another migration is another
template. Django still runs `migrate` on the copy.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import time
from functools import cache
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".cache" / "test-databases"
PATIENCE_SECONDS = 90


def template() -> Path:
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for path in sorted(ROOT.glob("[a-z]*/migrations/*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return FOLDER / f"{digest.hexdigest()[:24]}.sqlite3"


@cache
def wanted() -> Path:
    """The template of this run, whatever happens to the migrations meanwhile."""
    return template()


def copy_to(target: Path) -> bool:
    """False when there is none: the first process then migrates and keeps, the others wait here."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not wanted().exists():
        if _is_ours_to_make() or time.monotonic() > deadline:
            break
        time.sleep(0.1)
    if not wanted().exists():
        return False
    _let_go()
    shutil.copy(wanted(), target)
    return True


def keep(database: Path) -> None:
    """Keeps a consistent copy if there is none yet, and only the newest few."""
    if not wanted().exists() and wanted() == template():
        draft = FOLDER / f"draft-{os.getpid()}"
        connection = sqlite3.connect(database)
        connection.execute("VACUUM INTO ?", (str(draft),))
        connection.close()
        draft.replace(wanted())
        for old in sorted(FOLDER.glob("*.sqlite3"), key=lambda p: p.stat().st_mtime)[:-4]:
            old.unlink(missing_ok=True)
            old.with_suffix(".lock").unlink(missing_ok=True)
    _let_go()


@cache
def _lock() -> IO[str]:
    return wanted().with_suffix(".lock").open("w")


def _is_ours_to_make() -> bool:
    try:
        fcntl.flock(_lock(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _let_go() -> None:
    fcntl.flock(_lock(), fcntl.LOCK_UN)
