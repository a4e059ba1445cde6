"""The very rows that a number was counted from, as far as a person may see them. One query each."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet

from godview.periods import Period
from metrics.queries.scopes import Scope
from metrics.queries.weekly_goals import EXCUSED, GOALLESS, goals_due
from tasks.models import Tactic
from training.access import staff_trained_under
from training.models import TrainingModule


class GoalRecord(NamedTuple):
    client: str
    client_slug: str
    text: str
    week_starts_on: date
    status: str
    unplanned: bool
    excused: bool
    goalless: bool
    manager_id: int
    manager: str
    manager_slug: str


def goal_records(scope: Scope, period: Period, user: Any) -> list[GoalRecord]:
    """Weekly goals whose Sunday lies in the period, the newest week first."""
    mine: QuerySet[Any] = goals_due(scope, period).visible_to(user)
    mine = mine.annotate(excused=EXCUSED, goalless=GOALLESS)
    rows = mine.order_by("-week_starts_on", "status", "client__name", "pk").values_list(
        "client__name",
        "client__slug",
        "text",
        "week_starts_on",
        "status",
        "unplanned",
        "excused",
        "goalless",
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


class Trainee(NamedTuple):
    name: str
    slug: str


def people_trained_under(user: Any) -> dict[int, Trainee]:
    """Those whose training a person may see."""
    rows = staff_trained_under(user).values_list("pk", "name", "slug")
    return {pk: Trainee(name, slug) for pk, name, slug in rows}


def module_titles() -> dict[int, str]:
    return dict(TrainingModule.objects.values_list("pk", "title"))
