"""How fast a workspace is read and stored, beside a reader of the same workspace that only reads.

Everything runs apart: a double of Asana in a process of its own, and a scratch database that is
made and dropped in another, so the real database is never touched.
"""

import json
import os
import resource
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import urllib3
from django.conf import settings
from django.db import connection

PAGE = 100
BARE_ROUNDS = 3
TOKEN = "double-token"  # noqa: S105  the double's, not a secret


def run_sync_bench(projects: int, tasks: int, latency_ms: float) -> dict[str, float | int]:
    """Read and store `projects` x `tasks`, each answer `latency_ms` late.

    Units: tasks a second with rows stored, and for the bare reader; their ratio; requests made,
    and the fewest that could do; the peak memory of the syncing process in MB.
    """
    with tempfile.TemporaryDirectory(prefix="gv-bench-") as folder, _double(latency_ms) as url:
        _load(url, projects, tasks)
        name = "bench" + secrets.token_hex(4)
        scratch = f"{folder}/{name}.sqlite3" if connection.vendor == "sqlite" else name
        environment = {**os.environ, "ASANA_BASE_URL": url, "BENCH_DATABASE": scratch}
        try:
            _step("make", environment)
            said = _step("measure", environment)
        finally:
            _step("drop", environment)
    figures: dict[str, float | int] = json.loads(said.strip().splitlines()[-1])
    return figures


def _step(step: str, environment: dict[str, str]) -> str:
    """In a process of its own, so that the memory measured is the sync's alone."""
    child = subprocess.run(  # noqa: S603  our own code
        [sys.executable, "-c", f"from tasks.bench import main; main({step!r})"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if child.returncode:
        raise RuntimeError(f"The bench failed to {step}: {child.stderr.strip()[-2000:]}")
    return child.stdout


def main(step: str) -> None:
    """A child process: makes, uses or drops the scratch database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "godview.settings")
    import django

    django.setup()
    scratch = os.environ["BENCH_DATABASE"]
    connection.settings_dict["TEST"]["NAME"] = scratch
    if step == "make":
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        return
    real, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], scratch
    if step == "measure":
        sys.stdout.write(json.dumps(_figures(settings.ASANA_BASE_URL)) + "\n")
    else:
        connection.creation.destroy_test_db(real, verbosity=0)


def _figures(url: str) -> dict[str, float | int]:
    from tasks.sync.start import READERS

    health = _ask(url.replace("/api/1.0", "/_double/health"))
    reader = BareReader(url, READERS)
    reader.read(health["workspace"])  # the double encodes each task once; not our time
    bare_rounds = [reader.read(health["workspace"]) for _ in range(BARE_ROUNDS)]
    _serve(health["projects"])
    first, second = _sync(health["workspace"]), _sync(health["workspace"])
    # Before and after, because a shared machine is slower at one time than at another.
    bare = statistics.median(
        [*bare_rounds, *(reader.read(health["workspace"]) for _ in range(BARE_ROUNDS))]
    )
    tasks = health["tasks"]
    pages = reader.task_pages
    lists = -(-health["projects"] // PAGE) + -(-health["users"] // PAGE)
    # Each project also costs the token from which its events are followed afterwards.
    minimum = pages + lists + health["projects"]
    return {
        "tasks_per_s": round(tasks / first["seconds"], 1),
        "bare_tasks_per_s": round(tasks / bare, 1),
        "ratio": round(bare / first["seconds"], 3),
        "requests": first["requests"],
        "minimum_requests": minimum,
        "peak_rss_mb": round(first["peak_rss_kb"] / 1024, 1),
        "seconds": round(first["seconds"], 3),
        "cpu_seconds": round(first["cpu_seconds"], 3),
        "tasks": first["tasks"],
        "promises": first["promises"],
        "second_seconds": round(second["seconds"], 3),
        "second_requests": second["requests"],
        "second_written": second["written"],
    }


def _serve(projects: int) -> None:
    """A client for each project, so that every due date is a promise to keep in the ledger."""
    from clients.models import Client

    names = [f"Client {number}" for number in range(projects)]
    Client.objects.bulk_create(
        Client(external_id=name, slug=f"client-{number}", name=name)
        for number, name in enumerate(names)
    )


def _sync(workspace: str) -> dict[str, Any]:
    from django.utils import timezone

    from tasks.models import AsanaConnection, Promise, Task
    from tasks.sync.asking import ask_for_run
    from tasks.sync.run import work_on
    from tasks.sync.start import usual_means

    connection = AsanaConnection.objects.filter(workspace_gid=workspace).first()
    if connection is None:
        connection = AsanaConnection(workspace_gid=workspace, requests_per_minute=0)
        connection.set_token(TOKEN)
        connection.save()
    run = ask_for_run(connection, timezone.now())
    began, cpu = time.perf_counter(), time.process_time()
    work_on(run.pk, usual_means())
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu
    peak_rss_kb = _peak_rss_kb()
    run.refresh_from_db()
    if run.state != run.State.DONE:
        raise RuntimeError(f"The sync ended as {run.state}: {run.reason} {run.problems[:3]}")
    return {
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "peak_rss_kb": peak_rss_kb,
        "requests": run.requests,
        "written": run.tasks_written,
        "tasks": Task.objects.count(),
        "promises": Promise.objects.count(),
    }


def _peak_rss_kb() -> int:
    """This program's own: the figure of getrusage begins with that of the process it came from."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = (line.split() for line in status.read_text().splitlines())
    return next(int(words[1]) for words in lines if words[0] == "VmHWM:")


class BareReader:
    """The floor: as many threads ask for the same pages, decode them and throw them away."""

    def __init__(self, url: str, threads: int) -> None:
        self._url = url
        self._threads = threads
        self._http = urllib3.PoolManager(
            maxsize=threads, headers={"Authorization": f"Bearer {TOKEN}"}
        )
        self.task_pages = 0

    def read(self, workspace: str) -> float:
        """Seconds to read users, projects, and of each project its events' token and every task."""
        began = time.perf_counter()
        list(self._pages("/users", workspace=workspace))
        pages = self._pages("/projects", workspace=workspace)
        gids = [project["gid"] for page in pages for project in page]
        with ThreadPoolExecutor(self._threads) as pool:
            self.task_pages = sum(pool.map(self._project, gids))
        return time.perf_counter() - began

    def _project(self, gid: str) -> int:
        self._http.request("GET", self._url + "/events", fields={"resource": gid})
        return sum(1 for _ in self._pages(f"/projects/{gid}/tasks"))

    def _pages(self, path: str, **query: str) -> Iterator[list[dict[str, Any]]]:
        from tasks.asana import fields

        wanted = {"/users": fields.USER, "/projects": fields.PROJECT}.get(path, fields.TASK)
        query |= {"limit": str(PAGE), "opt_fields": ",".join(wanted)}
        while True:
            answer = self._http.request("GET", self._url + path, fields=query)
            document = json.loads(answer.data)
            yield document["data"]
            if not document["next_page"]:
                return
            query["offset"] = document["next_page"]["offset"]


@contextmanager
def _double(latency_ms: float) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.asana_double", "--no-log"]
    if not (Path(settings.BASE_DIR) / "tests" / "asana_double").exists():
        raise RuntimeError("The bench needs the double of Asana in tests/asana_double.")
    process = subprocess.Popen(  # noqa: S603  our own code
        [*command, "--latency-ms", str(latency_ms)],
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


def _load(url: str, projects: int, tasks: int) -> None:
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


def _ask(url: str) -> dict[str, Any]:
    answer: dict[str, Any] = urllib3.request("GET", url).json()
    return answer
