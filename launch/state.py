"""One ignored folder holds everything bin/up makes; deleting it is a clean slate."""

import base64
import fcntl
import hashlib
import json
import os
import secrets
import sqlite3
from pathlib import Path
from typing import IO, Any

from launch.environment import ROOT
from launch.say import Refusal


class State:
    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.database = self.folder / "godview.sqlite3"
        self.logs = self.folder / "logs"
        self._seeding = self.folder / "seeding"
        self._running = self.folder / "running.json"
        self._lock: IO[str] | None = None

    def open(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self.logs.mkdir(exist_ok=True)

    def lock(self) -> None:
        """Two supervisors on one database and one broker log would ruin both."""
        self._lock = (self.folder / "lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            address = self.running().get("address", "an address not yet known")
            raise Refusal(f"God View is already running from {self.folder}: {address}") from None

    # -- secrets: made once, readable by the owner only -------------------------------------------

    def secret_key(self) -> str:
        return self._secret("secret_key", lambda: secrets.token_urlsafe(50))

    def encryption_key(self) -> str:
        return self._secret(
            "encryption_key", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
        )

    def broker_password(self) -> str:
        return self._secret("broker_password", lambda: secrets.token_urlsafe(24))

    def demo_password(self) -> str:
        return os.environ.get("DEMO_PASSWORD") or self._secret(
            "demo_password", lambda: secrets.token_urlsafe(9)
        )

    def _secret(self, name: str, make: Any) -> str:
        path = self.folder / name
        if not path.exists():
            self.write_private(path, str(make()) + "\n")
        return path.read_text().strip()

    def write_private(self, path: Path, text: str) -> None:
        draft = path.with_name(path.name + ".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        draft.replace(path)

    # -- what is running ---------------------------------------------------------------------------

    def running(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads(self._running.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return found

    def note_running(self, **facts: Any) -> None:
        self.write_private(self._running, json.dumps(facts))

    def forget_running(self) -> None:
        self._running.unlink(missing_ok=True)

    # -- the database ------------------------------------------------------------------------------

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Reads the database without Django, which takes a second to start."""
        if not self.database.exists():
            return []
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=20)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def is_empty(self) -> bool:
        """Neither a person who could sign in nor a client."""
        tables = (
            "SELECT count(*) FROM sqlite_master WHERE name IN ('clients_user', 'clients_client')"
        )
        if self.query(tables) != [(2,)]:
            return True
        return self.query(
            "SELECT EXISTS (SELECT 1 FROM clients_user) OR EXISTS (SELECT 1 FROM clients_client)"
        ) == [(0,)]

    def is_migrated(self) -> bool:
        """Asking Django takes seconds of every start; the mark travels with the database file."""
        return self.query("PRAGMA user_version") == [(self._migrations_mark(),)]

    def note_migrated(self) -> None:
        connection = sqlite3.connect(self.database, timeout=20)
        connection.execute(f"PRAGMA user_version = {self._migrations_mark()}")
        connection.close()

    def _migrations_mark(self) -> int:
        """Changes with the migrations there are, with the packages, and with those applied."""
        digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
        for path in sorted(ROOT.glob("[a-z]*/migrations/*.py")):
            digest.update(path.name.encode() + path.read_bytes())
        if self.query("SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'"):
            applied = self.query("SELECT app, name FROM django_migrations ORDER BY app, name")
            digest.update(repr(applied).encode())
        return int.from_bytes(digest.digest()[:4]) >> 1  # what fits into SQLite's user_version

    def is_demo(self) -> bool:
        return (self.folder / "demo").exists()

    def begin_seeding(self) -> None:
        self._seeding.touch()

    def end_seeding(self) -> None:
        (self.folder / "demo").touch()
        self._seeding.unlink()

    def drop_half_seeded(self) -> bool:
        """A demo whose making was interrupted is made anew: nothing in it is anybody's work."""
        if not self._seeding.exists():
            return False
        for path in self.folder.glob("godview.sqlite3*"):
            path.unlink()
        for name in ("asana_double.json", "demo", "seeding"):
            (self.folder / name).unlink(missing_ok=True)
        return True
