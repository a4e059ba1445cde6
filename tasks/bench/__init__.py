"""How fast a workspace is read and stored, and how soon an edit in Asana is on a page.

Everything runs apart: a double of Asana in a process of its own, and a scratch database that is
made and dropped in another, so the real database is never touched.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection

from tasks.bench.double import double, load, told
from tasks.bench.live import from_edit_to_page

LATENCIES = (0.0, 30.0)
EDITS = 20


def run_sync_bench(
    projects: int, tasks: int, latencies: Sequence[float] = LATENCIES, edits: int = EDITS
) -> dict[str, Any]:
    """Read and store `projects` x `tasks`, each answer so many milliseconds late; then edit some.

    Units: tasks a second with rows stored, and for the bare reader; their ratio; requests made, and
    the fewest that could do; the peak memory of the syncing process in MB; seconds from an edit in
    Asana, by webhook, broker and worker, to the number on the client's page.
    """
    runs = []
    with tempfile.TemporaryDirectory(prefix="gv-bench-") as folder, double() as url:
        load(url, projects, tasks)
        for place, latency in enumerate(latencies):
            is_last = place == len(latencies) - 1
            told(url, "latency", milliseconds=latency)
            name = "bench" + secrets.token_hex(4)
            scratch = f"{folder}/{name}.sqlite3" if connection.vendor == "sqlite" else name
            environment = {**os.environ, "ASANA_BASE_URL": url, "BENCH_DATABASE": scratch}
            try:
                step("make", environment)
                runs.append({"latency_ms": latency, **json.loads(step("measure", environment))})
                if is_last and edits:
                    told(url, "latency", milliseconds=0)
                    live = from_edit_to_page(url, environment, folder, min(edits, projects), step)
            finally:
                step("drop", environment)
    figures: dict[str, Any] = {
        "database": connection.vendor,
        "projects": projects,
        "tasks_of_a_project": tasks,
        "runs": runs,
    }
    return {**figures, **live} if edits else figures


def step(name: str, environment: dict[str, str]) -> str:
    """In a process of its own, so that the memory measured is the sync's alone: its last line."""
    child = subprocess.run(  # noqa: S603  our own code
        [sys.executable, "-c", f"from tasks.bench.measuring import main; main({name!r})"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if child.returncode:
        raise RuntimeError(f"The bench failed to {name}: {child.stderr.strip()[-2000:]}")
    lines = child.stdout.strip().splitlines()
    return lines[-1] if lines else ""
