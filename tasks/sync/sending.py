"""What people asked Asana for, taken there: one try at a time, and never made twice.

A try is counted before it is made. So a worker that dies in the middle, or an answer that is lost,
leaves a row that was tried: the next try first looks whether the task is there.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from tasks import goal_tasks
from tasks.asana import payload
from tasks.asana.client import Answer, AsanaClient
from tasks.asana.errors import AsanaError, AsanaUnavailable, Postponed, UnauthorizedError
from tasks.models import AsanaConnection, DeadLetter, Task, TaskWrite, WeeklyGoal
from tasks.sync import families, letters
from tasks.sync.alone import alone
from tasks.sync.directory import Directory
from tasks.sync.run import Means
from tasks.sync.store import TaskStore

log = structlog.get_logger(__name__)

# How long to wait before each try, in minutes. After the last one a person decides.
WAITS = (0, 0.5, 2, 5, 15, 30, 60, 120)
AFTER = [timedelta(minutes=minutes) for minutes in accumulate(WAITS)]
MOST_TRIES = len(WAITS)
# Asana's clock may be behind ours.
OVERLAP = timedelta(minutes=15)
ROUND = timedelta(minutes=1)
# Longer than any one try: its requests have limits of their own.
LOCK_SECONDS = 300.0
Action, State = TaskWrite.Action, TaskWrite.State


def due(now: datetime) -> list[TaskWrite]:
    """What is to be tried now, where Asana may be asked, and what needs no try any more."""
    waiting = TaskWrite.objects.filter(
        state=State.PENDING, project__connection__status=AsanaConnection.Status.WORKING
    ).select_related("goal__task")
    return [
        write
        for write in waiting
        if write.asked_at + _wait(write.tries) <= now or is_so_already(write)
    ]


def send(write_id: int, means: Means) -> None:
    with alone(f"writing:{write_id}", seconds=LOCK_SECONDS, patience=0) as mine:
        write = _pending(write_id).select_related(
            "goal__manager", "goal__client", "goal__task", "project__connection"
        )
        found = write.first() if mine else None
        if found is None or not found.project.connection.is_working:
            return
        if is_so_already(found):
            _confirm(found, means.now())
            return
        _try(found, means)


def is_so_already(write: TaskWrite) -> bool:
    """A read has told us meanwhile that the task is as it was asked to be."""
    task = write.goal.task
    if write.action == Action.CREATE or task is None or _is_of_another(write):
        return False
    return task.is_completed == (write.action == Action.COMPLETE)


def _try(write: TaskWrite, means: Means) -> None:
    connection, was_tried = write.project.connection, write.tries > 0
    if why_not := _why_not(write):
        _fail(write, why_not)
        return
    _pending(write.pk).update(tries=F("tries") + 1)
    write.tries += 1
    try:
        client = means.client(connection)
        answer = DEEDS[Action(write.action)](client, write, was_tried)
    except UnauthorizedError as error:
        connection.stop(str(error))
        _note(write, f"{error}. It is sent when Asana is connected again.")
    except Postponed:
        # Nothing was asked, so this was no try.
        _pending(write.pk).update(tries=F("tries") - 1)
    except AsanaUnavailable as error:
        if write.tries < MOST_TRIES:
            _note(write, f"{error}. {_next_try(write, means.now())}")
        else:
            _give_up(write, error, means.now())
    except AsanaError as error:
        _give_up(write, error, means.now())
    else:
        _store(write, answer, means)


def _why_not(write: TaskWrite) -> str:
    """What has happened since it was asked for, so that it must not be sent any more."""
    goal = write.goal
    if goal.status == WeeklyGoal.Status.DELETED:
        return "The goal was withdrawn before this was sent."
    if write.action != Action.CREATE and _is_of_another(write):
        return "Another task was chosen before this was sent."
    if write.action != Action.CREATE:
        return "" if goal_tasks.home_of(goal) else goal_tasks.why_homeless(goal)
    if goal.task_id:
        return "Another task was chosen before this was sent."
    if not goal_tasks.projects_for(goal).filter(pk=write.project_id).exists():
        return f"“{write.project}” is no longer read for {goal.client}: choose another project."
    return ""


def _is_of_another(write: TaskWrite) -> bool:
    """Whether it was asked about a task that the goal is not worked on in any more."""
    task = write.goal.task
    return task is not None and write.task_gid not in ("", task.gid)


def _create(client: AsanaClient, write: TaskWrite, was_tried: bool) -> Answer:
    for tried in [*([write] if was_tried else []), *_given_up(write)]:
        since = (tried.asked_at - OVERLAP).isoformat()
        if made := client.marked_task(tried.project.gid, mark_of(tried), since):
            return made
    return client.create_task(write.project.gid, wanted(write))


def _given_up(write: TaskWrite) -> "QuerySet[TaskWrite]":
    """Earlier ones that failed for us, though Asana may have made the task; where we may look.

    Whoever chose a task since then knows of it.
    """
    places = goal_tasks.projects_for(write.goal).filter(connection=write.project.connection_id)
    earlier = write.goal.writes.filter(
        action=Action.CREATE, state=State.FAILED, tries__gt=0, project__in=places
    )
    chosen = write.goal.history.filter(task__isnull=False).order_by("-history_date").first()
    if chosen is not None:
        earlier = earlier.filter(asked_at__gt=chosen.history_date)
    return earlier.exclude(pk=write.pk).select_related("project")


def _finish(client: AsanaClient, write: TaskWrite, was_tried: bool) -> Answer:
    task = write.goal.task
    if task is None:
        raise AsanaError("The goal has no task any more")
    return client.update_task(task.gid, {"completed": write.action == Action.COMPLETE})


DEEDS: dict[str, Callable[[AsanaClient, TaskWrite, bool], Answer]] = {
    Action.CREATE: _create,
    Action.COMPLETE: _finish,
    Action.REOPEN: _finish,
}


def wanted(write: TaskWrite) -> dict[str, Any]:
    """The task as it is asked for: whoever opens it in Asana sees where it comes from."""
    goal = write.goal
    users = write.project.connection.asana_users.filter(staff=goal.manager_id, deleted_at=None)
    told = {
        "name": goal.text,
        "due_on": goal.due_on.isoformat(),
        "notes": f"A weekly goal of {goal.client}, set in God View.\n{mark_of(write)}",
    }
    user = users.order_by("pk").first()
    return {**told, "assignee": user.gid} if user else told


def mark_of(write: TaskWrite) -> str:
    return f"God View {write.key}"


def _store(write: TaskWrite, answer: Answer, means: Means) -> None:
    record = payload.task(answer.data, means.zone)
    connection = write.project.connection
    with transaction.atomic():
        store = TaskStore(connection, Directory(connection))
        stored = store.store([([record], answer.sent_at)])
        families.hang([record], stored.ids)
        _confirm(write, means.now(), Task.objects.get(gid=record.gid))


def _confirm(write: TaskWrite, now: datetime, task: Task | None = None) -> None:
    gid = task.gid if task else write.task_gid
    with transaction.atomic():
        goal = WeeklyGoal.objects.select_for_update().filter(pk=write.goal_id).first()
        _pending(write.pk).update(state=State.CONFIRMED, confirmed_at=now, task_gid=gid, reason="")
        # Whoever chose another task meanwhile keeps it.
        if task and goal and write.action == Action.CREATE and goal.task_id is None:
            goal.task = task
            goal.save(update_fields=["task"])
            goal_tasks.settle_what_failed(goal, now)
        letters.settle(write.project.connection, DeadLetter.Kind.WRITE, str(write.key), now)


def _give_up(write: TaskWrite, error: AsanaError | AsanaUnavailable, now: datetime) -> None:
    kind, connection = DeadLetter.Kind.WRITE, write.project.connection
    letters.write(connection, kind, str(write.key), error, now, write.project)
    _fail(write, f"{error}.")


def _fail(write: TaskWrite, reason: str) -> None:
    _pending(write.pk).update(state=State.FAILED, reason=reason[:500])
    log.warning("asana_write_failed", write=write.pk, reason=reason)


def _note(write: TaskWrite, reason: str) -> None:
    _pending(write.pk).update(reason=reason[:500])


def _next_try(write: TaskWrite, now: datetime) -> str:
    """Those that a person tries again follow each other by the minute."""
    at = timezone.localtime(max(write.asked_at + _wait(write.tries), now + ROUND))
    return f"Tried {write.tries} of {MOST_TRIES} times, next at {at:%H:%M}."


def _wait(tries: int) -> timedelta:
    return AFTER[min(tries, MOST_TRIES - 1)]


def _pending(pk: int) -> "QuerySet[TaskWrite]":
    return TaskWrite.objects.filter(pk=pk, state=State.PENDING)
