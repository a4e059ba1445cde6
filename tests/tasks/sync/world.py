"""A workspace in the double, our mirror of it, and the comparison of the two."""

import time
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tasks.asana.budget import LocalBudget, RequestBudget
from tasks.asana.client import AsanaClient, RetryPolicy
from tasks.models import AsanaConnection, Membership, SyncRun, Task
from tasks.sync.asking import ask_for_run
from tasks.sync.run import Means, Outcome, work_on
from tests.asana_double import AsanaDouble
from tests.asana_double.server import TOKEN
from tests.tasks.asana.clients import QUICK

PATIENT = replace(QUICK, tries=8)

ZONE = ZoneInfo("Europe/London")
HOUR = 3600.0


def connect(double: AsanaDouble, token: str = TOKEN) -> AsanaConnection:
    connection = AsanaConnection(
        workspace_gid=double.state.workspace.gid,
        workspace_name=double.state.workspace.name,
        acts_as="Ada",
        requests_per_minute=0,
    )
    connection.set_token(token)
    connection.save()
    return connection


def means(
    double: AsanaDouble,
    retries: RetryPolicy = PATIENT,
    budget: RequestBudget | None = None,
    **more: Any,
) -> Means:
    def client(connection: AsanaConnection) -> AsanaClient:
        return AsanaClient(
            double.url,
            connection.token.reveal(),
            budget or LocalBudget(0),
            now=double.clock.now,
            retries=retries,
            timeout=(2, 1),
        )

    return Means(client=client, now=double.clock.now, zone=ZONE, **more)


def sync(
    double: AsanaDouble, connection: AsanaConnection, *, full: bool = False, **more: Any
) -> SyncRun:
    """One run to its end."""
    run = ask_for_run(connection, double.clock.now(), full=full)
    outcome: Outcome = work_on(run.pk, means(double, **more))
    assert outcome.go_on_in is None
    run.refresh_from_db()
    return run


def fill(double: AsanaDouble, projects: int = 3, tasks: int = 5, nested: int = 5) -> list[str]:
    """Projects with tasks in two sections, people, and subtasks under every `nested`-th task."""
    state = double.state
    people = [state.add_user(f"Person {n}", f"person{n}@agency.test").gid for n in range(3)]
    gids = []
    for number in range(projects):
        project = state.add_project(f"Client {number}", ["To do", "Done"])
        gids.append(project.gid)
        for place in range(tasks):
            task = state.add_task(
                f"Task {number}.{place}",
                [project.gid],
                assignee=people[place % 3],
                due_on=date(2026, 5, 1 + place % 28).isoformat(),
                completed=place % 3 == 0,
            )
            if place % nested == 0:
                below = state.add_task(f"{task.name}, below", parent=task.gid)
                state.add_task(f"{task.name}, further below", parent=below.gid)
    return gids


Facts = dict[str, Any]


def still(double: AsanaDouble) -> int:
    """How many requests there were, once those under way when a run stopped have come in."""
    asked = -1
    while asked != len(double.log):
        asked = len(double.log)
        time.sleep(0.3)
    return asked


def mirrored() -> dict[str, Facts]:
    """Every task that our tables hold as alive."""
    homes: dict[int, dict[str, str | None]] = {}
    places = Membership.objects.filter(inherited=False).select_related("project", "section")
    for place in places:
        section = place.section.gid if place.section else None
        homes.setdefault(place.task_id, {})[place.project.gid] = section
    tasks = Task.objects.in_asana().select_related("assignee", "parent")
    return {
        task.gid: {
            "name": task.name,
            "assignee": task.assignee.gid if task.assignee else None,
            "parent": task.parent.gid if task.parent else None,
            "due_on": task.due_on.isoformat() if task.due_on else None,
            "completed_at": task.completed_at,
            "homes": homes.get(task.pk, {}),
        }
        for task in tasks
    }


def in_asana(double: AsanaDouble) -> dict[str, Facts]:
    """The same of every task that the double holds and a sync can have met."""
    state = double.state
    met = {gid for project in state.projects.values() for gid in project.ranks}
    for gid in list(met):
        met.update(task.gid for task in state.family(state.tasks[gid]))
    met |= set(Task.objects.values_list("gid", flat=True))
    return {
        gid: {
            "name": state.tasks[gid].name,
            "assignee": state.tasks[gid].assignee,
            "parent": state.tasks[gid].parent,
            "due_on": state.tasks[gid].due_on,
            "completed_at": _moment(state.tasks[gid].completed_at),
            "homes": state.tasks[gid].homes,
        }
        for gid in met
        if not state.tasks[gid].trashed_at
    }


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
