"""A worker that may be killed at any moment: each deed is done by a process of its own.

A mother process has loaded everything once and never touches the database; for each line that it is
given it splits off a child, says its number, waits for it, and says how it ended.
"""

import json
import os
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any


def main() -> None:
    import django

    django.setup()
    from django.conf import settings

    # Loaded here once, so that a child begins to work at once.
    import tasks.sync.following
    import tasks.sync.run
    import tasks.sync.start
    import tasks.sync.sweeping  # noqa: F401

    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                settings.ASANA_BASE_URL = order["url"]
                DEEDS[order["deed"]](order)
            except BaseException as error:
                sys.stderr.write(f"{order['deed']}: {type(error).__name__}: {error}\n")
                os._exit(1)
            os._exit(0)
        _say(pid)
        _say(os.waitpid(pid, 0)[1])


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _clock(order: dict[str, Any]) -> Any:
    offset = timedelta(seconds=order["offset"])
    return lambda: datetime.now(UTC) + offset


def _read(order: dict[str, Any]) -> None:
    from tasks.models import AsanaConnection
    from tasks.sync.asking import ask_for_run
    from tasks.sync.run import work_on
    from tasks.sync.start import usual_means

    now = _clock(order)
    run = ask_for_run(AsanaConnection.objects.get(), now(), full=order["full"])
    while (wait := work_on(run.pk, usual_means(now)).go_on_in) is not None:
        time.sleep(min(wait, 1.0) + 0.01)


def _drain(order: dict[str, Any]) -> None:
    from tasks.models import Project
    from tasks.sync.following import follow
    from tasks.sync.start import quick_means

    now = _clock(order)
    projects = list(Project.objects.to_read().filter(unit__listed_at__isnull=False))
    random.Random(order["seed"]).shuffle(projects)
    for project in projects:
        wait = follow(project.pk, quick_means(now)).again_in
        if wait is not None and wait < 1.5:
            time.sleep(wait)
            follow(project.pk, quick_means(now))


def _sweep(order: dict[str, Any]) -> None:
    from tasks.sync.start import each_working, quick_means
    from tasks.sync.sweeping import sweep

    each_working(sweep, quick_means(_clock(order)))


DEEDS = {"read": _read, "drain": _drain, "sweep": _sweep}

if __name__ == "__main__":
    main()
