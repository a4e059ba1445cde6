"""The pages as production serves them: gunicorn, static files collected, joined and compressed."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from tasks.bench.programs import OFF, database_url, free_port, program, wait_for

NOBODY = "redis://127.0.0.1:1/0"  # port 1 answers nobody: pages go on without a cache


@contextmanager
def served() -> Iterator[str]:
    """Where the scratch database's agency is shown until the block ends."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="godview-served-") as folder:
        environment = {
            **os.environ,
            **dict.fromkeys(OFF, "0"),
            "STATIC_HASHED": "1",
            "STATIC_ROOT": f"{folder}/static",
            "DATABASE_URL": database_url(str(connection.settings_dict["NAME"])),
            "REDIS_URL": NOBODY,
            "CELERY_BROKER_URL": NOBODY,
            "SECRET_KEY": settings.SECRET_KEY,
            "ALLOWED_HOSTS": "127.0.0.1",
            "LOG_LEVEL": "ERROR",
            "WEB_CONCURRENCY": "1",
        }
        _collect(environment)
        gunicorn = [sys.executable, "-m", "gunicorn", "godview.wsgi", "--bind", f"127.0.0.1:{port}"]
        with Path(folder, "log").open("wb") as log, program(gunicorn, environment, log):
            wait_for(port)
            yield f"http://127.0.0.1:{port}"


def _collect(environment: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    done = subprocess.run(  # noqa: S603  our own code
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"Static files could not be collected: {done.stderr[-2000:]}")
