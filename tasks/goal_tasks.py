"""The task in Asana that a weekly goal is worked on in: made there, or one that is there already.

Nothing is written to Asana but what a person asks for here. What was asked waits in the table
until Asana has confirmed it; `sync.sending` takes it there.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from clients.models import Staff
from godview.translating.later import later
from tasks.models import AsanaConnection, DeadLetter, Project, Task, TaskWrite, WeeklyGoal
from tasks.sync import letters

SHOWN = 25
UNDER_WAY = later("Something is still on its way to Asana: wait until it is there.")
Action, State = TaskWrite.Action, TaskWrite.State


def projects_for(goal: WeeklyGoal) -> "QuerySet[Project]":
    """Where its task may be made: the client's projects that are read and not archived."""
    return Project.objects.to_read().filter(
        client=goal.client_id,
        archived=False,
        connection__status=AsanaConnection.Status.WORKING,
    )


def home_of(goal: WeeklyGoal) -> Project | None:
    """The project of the client's that its task stands in."""
    if goal.task is None:
        return None
    places = goal.task.memberships.filter(project__client=goal.client_id)
    home = places.select_related("project__connection").order_by("inherited", "pk").first()
    return home.project if home else None


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
        raise ValidationError(
            _("Choose a project that is read for %(row_client)s.") % {"row_client": row.client}
        )
    return _ask(row, project, Action.CREATE, by, now)


@transaction.atomic
def adopt(*, goal: WeeklyGoal, task_id: int, now: datetime) -> WeeklyGoal:
    """It is worked on in this task of the client's. Nothing is written to Asana."""
    row = _free(goal)
    row.task = tasks_for(row, "").filter(pk=task_id).first()
    if row.task is None:
        raise ValidationError(
            _("Choose a task in a project of %(row_client)s.") % {"row_client": row.client}
        )
    row.save(update_fields=["task"])
    settle_what_failed(row, now)
    return row


def settle_what_failed(goal: WeeklyGoal, now: datetime) -> None:
    """It has a task: nobody needs the one that could not be made any more."""
    for write in goal.writes.filter(state=State.FAILED).select_related("project__connection"):
        letters.settle(write.project.connection, DeadLetter.Kind.WRITE, str(write.key), now)


@transaction.atomic
def let_go(*, goal: WeeklyGoal) -> WeeklyGoal:
    """It is not worked on in that task after all. The task stays as it is in Asana."""
    row = _held(goal)
    if _is_under_way(row):
        raise ValidationError(UNDER_WAY)
    row.task = None
    row.save(update_fields=["task"])
    return row


@transaction.atomic
def finish(*, goal: WeeklyGoal, done: bool, by: Staff | None, now: datetime) -> TaskWrite:
    """Mark its task done in Asana, or open again. The goal's own mark is another matter."""
    row = _held(goal)
    task = row.task
    if task is None or task.deleted_at:
        raise ValidationError(_("This goal has no task in Asana: make or choose one first."))
    # What waits would be sent after this, and have the last word.
    if _is_under_way(row):
        raise ValidationError(UNDER_WAY)
    if task.is_completed == done:
        raise ValidationError(
            _("The task is done in Asana already.")
            if done
            else _("The task is open in Asana already.")
        )
    home = home_of(row)
    if home is None:
        raise ValidationError(why_homeless(row))
    if not home.connection.is_working:
        raise ValidationError(_("Asana is not connected where this task is: ask an administrator."))
    return _ask(row, home, Action.COMPLETE if done else Action.REOPEN, by, now)


@transaction.atomic
def try_again(*, write: TaskWrite) -> TaskWrite:
    """Send what has failed once more. Whether it happened after all is looked up first."""
    row = _free(write.goal) if write.action == Action.CREATE else _held(write.goal)
    if _is_under_way(row):
        raise ValidationError(UNDER_WAY)
    failed = row.writes.filter(pk=write.pk, state=State.FAILED)
    if not failed.exists():
        raise ValidationError(_("That has not failed: there is nothing to try again."))
    task_gid = row.task.gid if row.task else ""
    if write.task_gid not in ("", task_gid) or row.writes.filter(pk__gt=write.pk).exists():
        raise ValidationError(_("Something else was chosen or asked for since then."))
    # When it was asked first stays: from then on its task is looked for.
    failed.update(state=State.PENDING, reason="", tries=1)
    write.refresh_from_db()
    return write


def why_homeless(goal: WeeklyGoal) -> str:
    return _("The task is in no project of %(goal_client)s any more: choose another one.") % {
        "goal_client": goal.client
    }


def _held(goal: WeeklyGoal) -> WeeklyGoal:
    """The goal as it is now. Nobody else asks anything about it until we are done."""
    held = WeeklyGoal.objects.select_for_update(of=("self",)).select_related("client", "task")
    return held.get(pk=goal.pk)


def _is_under_way(goal: WeeklyGoal) -> bool:
    return goal.writes.filter(state=State.PENDING).exists()


def _free(goal: WeeklyGoal) -> WeeklyGoal:
    """The goal, held until the end; refused when it has a task, or one is on its way."""
    row = _held(goal)
    if row.status == WeeklyGoal.Status.DELETED:
        raise ValidationError(_("This goal was withdrawn."))
    if row.task_id:
        raise ValidationError(_("This goal has its task already: let go of that one first."))
    if row.writes.filter(action=Action.CREATE, state=State.PENDING).exists():
        raise ValidationError(_("Its task is on its way to Asana already."))
    return row


def _ask(
    goal: WeeklyGoal, project: Project, action: str, by: Staff | None, now: datetime
) -> TaskWrite:
    try:
        with transaction.atomic():
            return TaskWrite.objects.create(
                goal=goal,
                project=project,
                action=action,
                task_gid=goal.task.gid if goal.task else "",
                asked_by=by,
                asked_at=now,
            )
    except IntegrityError:
        raise ValidationError(_("That is on its way to Asana already.")) from None
