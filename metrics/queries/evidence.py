"""The very rows that a number was counted from, as far as a person may see them. One query each."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from clients.models import Client
from godview.periods import Period
from metrics.queries.deadlines import DAYS_TAKEN, within
from metrics.queries.scopes import Scope
from metrics.queries.weekly_goals import MONDAY_TO_SUNDAY
from tasks.models import Tactic, Task, WeeklyGoal
from tasks.models.task import ON_TIME
from training.access import staff_trained_under
from training.models import TrainingModule


class GoalRecord(NamedTuple):
    client: str
    client_slug: str
    text: str
    week_starts_on: date
    status: str
    unplanned: bool
    manager_id: int
    manager: str
    manager_slug: str


def goal_records(scope: Scope, period: Period, user: Any) -> list[GoalRecord]:
    """Weekly goals whose Sunday lies in the period, the newest week first."""
    goals = WeeklyGoal.objects.visible_to(user).filter(
        week_starts_on__gte=period.start - MONDAY_TO_SUNDAY,
        week_starts_on__lt=period.end - MONDAY_TO_SUNDAY,
    )
    mine = _of_manager_or_clients(goals, scope, "week_starts_on")
    rows = mine.order_by("-week_starts_on", "status", "client__name", "pk").values_list(
        "client__name",
        "client__slug",
        "text",
        "week_starts_on",
        "status",
        "unplanned",
        "manager_id",
        "manager__name",
        "manager__slug",
    )
    return [GoalRecord(*row) for row in rows]


class VerdictRecord(NamedTuple):
    client: str
    client_slug: str
    name: str
    metric: str
    threshold: str
    ended_on: date
    outcome: str
    manager_id: int | None
    manager: str | None
    manager_slug: str | None


def verdict_records(scope: Scope, period: Period, user: Any) -> list[VerdictRecord]:
    """Tactics that ended after the period's start, up to and on its end; the newest first."""
    closed = Tactic.objects.visible_to(user).closed_by(period.end)
    mine = _of_manager_or_clients(closed.filter(ended_on__gt=period.start), scope, "ended_on")
    rows = mine.order_by("-ended_on", "client__name", "pk").values_list(
        "client__name",
        "client__slug",
        "name",
        "metric",
        "threshold",
        "ended_on",
        "outcome",
        "manager_id",
        "manager__name",
        "manager__slug",
    )
    return [VerdictRecord(*row) for row in rows]


def _of_manager_or_clients(rows: QuerySet[Any], scope: Scope, day: str) -> QuerySet[Any]:
    """A manager's are those they set themselves; all others follow the clients of that day."""
    if scope.kind == "manager":
        return rows.filter(manager=scope.id)
    return rows if scope.is_agency else rows.filter(scope.clients_on(OuterRef(day)))


class TaskRecord(NamedTuple):
    """A task, with the first of its clients that the reader may see."""

    gid: str
    name: str
    assignee: str | None
    client: str
    client_slug: str
    due_on: date | None
    done_on: date | None
    is_deleted: bool
    is_on_time: bool
    days: float | None


def due_records(scope: Scope, period: Period, user: Any) -> list[TaskRecord]:
    """Tasks whose first due date lies in the period; those not done in time first."""
    due = Task.objects.visible_to(user).promised_between(period.start, period.end)
    return _tasks(within(scope, due, "first_due_on"), user, "on_time", "first_due_on", "pk")


def finished_records(scope: Scope, period: Period, user: Any) -> list[TaskRecord]:
    """Tasks finished in the period, the one that took longest first."""
    done = Task.objects.visible_to(user).filter(
        completed_on__gte=period.start, completed_on__lt=period.end
    )
    rows = _tasks(within(scope, done, "completed_on"), user, F("days").desc(nulls_last=True), "pk")
    known = (row for row in rows if row.days is not None)
    return [row._replace(days=max(0.0, row.days or 0.0)) for row in known]


def _tasks(tasks: Any, user: Any, *order: Any) -> list[TaskRecord]:
    mine = Client.objects.visible_to(user).filter(projects__memberships__task=OuterRef("pk"))
    first = mine.order_by("name")
    rows = tasks.annotate(
        client_name=Subquery(first.values("name")[:1]),
        client_slug=Subquery(first.values("slug")[:1]),
        on_time=Q(ON_TIME & Q(completed_at__isnull=False)),
        days=DAYS_TAKEN,
    )
    told = rows.order_by(*order).values_list(
        "gid",
        "name",
        "assignee__name",
        "client_name",
        "client_slug",
        "first_due_on",
        "completed_on",
        Q(deleted_at__isnull=False),
        "on_time",
        "days",
    )
    return [TaskRecord(*row)._replace(is_on_time=bool(row[8])) for row in told]


class Trainee(NamedTuple):
    name: str
    slug: str


def people_trained_under(user: Any) -> dict[int, Trainee]:
    """Those whose training a person may see."""
    rows = staff_trained_under(user).values_list("pk", "name", "slug")
    return {pk: Trainee(name, slug) for pk, name, slug in rows}


def module_titles() -> dict[int, str]:
    return dict(TrainingModule.objects.values_list("pk", "title"))
