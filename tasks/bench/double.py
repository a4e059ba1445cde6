"""The double of Asana, in a process of its own, with a workspace to read."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import urllib3
from django.conf import settings

TOKEN = "double-token"  # noqa: S105  the double's, not a secret


@contextmanager
def double() -> Iterator[str]:
    """Where it answers."""
    command = [sys.executable, "-m", "tests.asana_double", "--no-log"]
    if not (Path(settings.BASE_DIR) / "tests" / "asana_double").exists():
        raise RuntimeError("The bench needs the double of Asana in tests/asana_double.")
    process = subprocess.Popen(  # noqa: S603  our own code
        command,
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None  # noqa: S101
        yield process.stdout.readline().split()[1]
    finally:
        process.terminate()
        process.wait()


def load(url: str, projects: int, tasks: int) -> None:
    document = {
        "users": [{"name": f"Person {n}", "email": f"person{n}@agency.test"} for n in range(40)],
        "projects": [
            {
                "name": f"Client {project}",
                "sections": ["This week", "Later"],
                "tasks": [_task(project, task) for task in range(tasks)],
            }
            for project in range(projects)
        ],
    }
    body = json.dumps(document)
    where = url.replace("/api/1.0", "/_double/load")
    urllib3.request("POST", where, body=body, timeout=600, retries=False)


def _task(project: int, number: int) -> dict[str, Any]:
    done = number % 3 == 0
    return {
        "name": f"Task {number} for client {project}: landing page, copy and tracking",
        "section": "Later" if number % 2 else "This week",
        "assignee": f"person{number % 40}@agency.test",
        "created_at": f"2026-01-{number % 28 + 1:02}T09:00:00.000Z",
        "due_on": f"2026-02-{number % 28 + 1:02}",
        "completed_at": f"2026-02-{number % 28 + 1:02}T15:30:00.250Z" if done else None,
    }


def told(url: str, name: str, **body: Any) -> Any:
    """What the double's control plane answers; without a body it is only asked."""
    where = url.replace("/api/1.0", f"/_double/{name}")
    if not body:
        return urllib3.request("GET", where, retries=False).json()
    return urllib3.request("POST", where, json=body, timeout=60, retries=False).json()
