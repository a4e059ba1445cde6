"""What the bench's child processes do: make a scratch database, measure in it, drop it."""

import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tasks.bench.bare import PAGE, BareReader
from tasks.bench.double import TOKEN, told

BARE_ROUNDS = 3


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
    elif step == "prepare":
        sys.stdout.write(_prepared() + "\n")
    else:
        connection.creation.destroy_test_db(real, verbosity=0)


def _figures(url: str) -> dict[str, float | int]:
    from tasks.sync.start import READERS

    health = told(url, "health")
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
    peak = peak_rss_kb()
    run.refresh_from_db()
    if run.state != run.State.DONE:
        raise RuntimeError(f"The sync ended as {run.state}: {run.reason} {run.problems[:3]}")
    return {
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "peak_rss_kb": peak,
        "requests": run.requests,
        "written": run.tasks_written,
        "tasks": Task.objects.count(),
        "promises": Promise.objects.count(),
    }


def forget_peak() -> None:
    """From here on `peak_rss_kb` tells of what comes now, where the system can forget."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")


def peak_rss_kb() -> int:
    """This program's own: the figure of getrusage begins with that of the process it came from."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = (line.split() for line in status.read_text().splitlines())
    return next(int(words[1]) for words in lines if words[0] == "VmHWM:")


def _prepared() -> str:
    """Sets up the webhooks, as the clock would, and signs somebody in: answers the cookie."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from clients.models import User
    from tasks.sync.registering import watch
    from tasks.sync.start import each_working, quick_means

    each_working(watch, quick_means())
    user = User.objects.create_superuser(email="bench@agency.test", password=None)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
