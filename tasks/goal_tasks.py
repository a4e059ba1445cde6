"""The task in Asana that a weekly goal is worked on in: made there, or one that is there already.

Nothing is written to Asana but what a person asks for here. What was asked waits in the table
until Asana has confirmed it; `sync.sending` takes it there.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from clients.models import Staff
from tasks.models import AsanaConnection, Project, Task, TaskWrite, WeeklyGoal

SHOWN = 25
Action, State = TaskWrite.Action, TaskWrite.State


def projects_for(goal: WeeklyGoal) -> "QuerySet[Project]":
    """Where its task may be made: the client's projects that are read and not archived."""
    return Project.objects.to_read().filter(
        client=goal.client_id,
        archived=False,
        connection__status=AsanaConnection.Status.WORKING,
    )


def tasks_for(goal: WeeklyGoal, words: str) -> "QuerySet[Task]":
    """The client's own tasks that have all the words in their names, the open ones first."""
    found = Task.objects.for_client(goal.client_id).in_asana()
    for word in words.split():
        found = found.filter(name__icontains=word)
    return found.order_by(F("completed_at").desc(nulls_first=True), "due_on", "name")


@transaction.atomic
def make(*, goal: WeeklyGoal, project_id: int, by: Staff | None, now: datetime) -> TaskWrite:
    """Ask for a task in this project: the goal's words, due on its Sunday, for its manager."""
    row = _free(goal)
    project = projects_for(row).filter(pk=project_id).first()
    if project is None:
        raise ValidationError(f"Choose a project that is read for {row.client}.")
    return _ask(row, project, Action.CREATE, by, now)


@transaction.atomic
def adopt(*, goal: WeeklyGoal, task_id: int) -> WeeklyGoal:
    """It is worked on in this task of the client's. Nothing is written to Asana."""
    row = _free(goal)
    row.task = tasks_for(row, "").filter(pk=task_id).first()
    if row.task is None:
        raise ValidationError(f"Choose a task in a project of {row.client}.")
    row.save(update_fields=["task"])
    return row


@transaction.atomic
def let_go(*, goal: WeeklyGoal) -> WeeklyGoal:
    """It is not worked on in that task after all. The task stays as it is in Asana."""
    row = WeeklyGoal.objects.select_for_update().get(pk=goal.pk)
    if row.writes.filter(state=State.PENDING).exists():
        raise ValidationError("Something is still on its way to Asana: wait until it is there.")
    row.task = None
    row.save(update_fields=["task"])
    return row


@transaction.atomic
def finish(*, goal: WeeklyGoal, done: bool, by: Staff | None, now: datetime) -> TaskWrite:
    """Mark its task done in Asana, or open again. The goal's own mark is another matter."""
    row = WeeklyGoal.objects.select_for_update(of=("self",)).select_related("task").get(pk=goal.pk)
    task = row.task
    if task is None or task.deleted_at:
        raise ValidationError("This goal has no task in Asana: make or choose one first.")
    if task.is_completed == done:
        raise ValidationError(f"The task is {'done' if done else 'open'} in Asana already.")
    place = task.memberships.select_related("project__connection").order_by("inherited", "pk")
    home = place.filter(project__client=row.client_id).first()
    if home is None or not home.project.connection.is_working:
        raise ValidationError("Asana is not connected where this task is: ask an administrator.")
    return _ask(row, home.project, Action.COMPLETE if done else Action.REOPEN, by, now)


def try_again(*, write: TaskWrite) -> TaskWrite:
    """Send what has failed once more. Whether it happened after all is looked up first."""
    try:
        with transaction.atomic():
            failed = TaskWrite.objects.filter(pk=write.pk, state=State.FAILED)
            # When it was asked first stays: from then on its task is looked for.
            if not failed.update(state=State.PENDING, reason="", tries=1):
                raise ValidationError("That has not failed: there is nothing to try again.")
    except IntegrityError:
        raise ValidationError("The same is on its way to Asana already.") from None
    write.refresh_from_db()
    return write


def _free(goal: WeeklyGoal) -> WeeklyGoal:
    """The goal, held until the end; refused when it has a task, or one is on its way."""
    held = WeeklyGoal.objects.select_for_update(of=("self",)).select_related("client")
    row = held.get(pk=goal.pk)
    if row.status == WeeklyGoal.Status.DELETED:
        raise ValidationError("This goal was withdrawn.")
    if row.task_id:
        raise ValidationError("This goal has its task already: let go of that one first.")
    if row.writes.filter(action=Action.CREATE, state=State.PENDING).exists():
        raise ValidationError("Its task is on its way to Asana already.")
    return row


def _ask(
    goal: WeeklyGoal, project: Project, action: str, by: Staff | None, now: datetime
) -> TaskWrite:
    try:
        with transaction.atomic():
            return TaskWrite.objects.create(
                goal=goal, project=project, action=action, asked_by=by, asked_at=now
            )
    except IntegrityError:
        raise ValidationError("That is on its way to Asana already.") from None
