"""How goals stand with their tasks in Asana: a few questions for as many as a page shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from godview.translating.later import later
from tasks.models import Task, TaskWrite, WeeklyGoal

Action, State = TaskWrite.Action, TaskWrite.State
LAST = "last_write"
ON_ITS_WAY = {
    Action.CREATE: later("Making the task"),
    Action.COMPLETE: later("Marking it done"),
    Action.REOPEN: later("Opening it again"),
}


@dataclass(frozen=True, slots=True)
class GoalTask:
    """`state`: none, pending, failed, open, done or gone; the word says it in a row."""

    state: str
    word: str
    name: str = ""
    url: str = ""
    reason: str = ""
    write_id: int | None = None


NONE = GoalTask("none", later("No task"))


def states_of(goal_ids: Iterable[int]) -> dict[int, GoalTask]:
    """By goal. What is on its way, or failed last, is told before how the task is."""
    newest = TaskWrite.objects.filter(goal=OuterRef("pk")).order_by("-asked_at", "-pk")
    goals = WeeklyGoal.objects.filter(pk__in=list(goal_ids)).select_related("task")
    rows = list(goals.annotate(**{LAST: Subquery(newest.values("pk")[:1])}))
    last = {row.pk: getattr(row, LAST) for row in rows}
    writes = TaskWrite.objects.in_bulk([write for write in last.values() if write])
    return {row.pk: _state(row, writes.get(last[row.pk])) for row in rows}


def state_of(goal: WeeklyGoal) -> GoalTask:
    return states_of([goal.pk])[goal.pk]


def _state(goal: WeeklyGoal, write: TaskWrite | None) -> GoalTask:
    task = goal.task
    name, url = (str(task), task.asana_url) if task else ("", "")
    if write and write.state == State.PENDING:
        word = f"{ON_ITS_WAY[Action(write.action)]}: pending"
        return GoalTask("pending", word, name, url, write.reason, write.pk)
    if write and write.state == State.FAILED and not _is_settled(write, task):
        return GoalTask("failed", _("Not written to Asana"), name, url, write.reason, write.pk)
    if task is None:
        return NONE
    if task.deleted_at:
        return GoalTask("gone", _("Task deleted in Asana"), name, url)
    if task.is_completed:
        return GoalTask("done", _("Task done"), name, url)
    return GoalTask("open", _("Task open"), name, url)


def _is_settled(write: TaskWrite, task: Task | None) -> bool:
    """Whether another task was chosen since then, or the one it was about let go of."""
    if write.action == Action.CREATE:
        return task is not None
    return write.task_gid not in ("", task.gid if task else None)
