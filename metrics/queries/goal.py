"""The rows of one 90-day goal's page."""

from datetime import date

from django.db.models import Prefetch

from clients.models import Client, ClientGoal, GoalReading, Pivot
from godview.periods import DAY, Period
from metrics.queries.client import tactics
from tasks.models import PromiseEvent, Tactic, WeeklyGoal


def goal_of(client: Client, pk: int, day: date) -> ClientGoal | None:
    """With what was read by a day, the oldest first."""
    readings = GoalReading.objects.filter(read_on__lte=day).select_related("staff")
    goals = client.goals.filter(pk=pk).select_related("promise", "agreed_by")
    return goals.prefetch_related(Prefetch("readings", readings.order_by("read_on"))).first()


def weekly_goals_for(goal: ClientGoal, day: date) -> list[WeeklyGoal]:
    """The weeks' work for it, the newest first."""
    rows = goal.weekly_goals.filter(week_starts_on__lte=day).select_related("manager", "promise")
    return list(rows.order_by("-week_starts_on", "pk"))


def tactics_during(goal: ClientGoal, day: date) -> list[Tactic]:
    """What was tried for the client while the goal ran."""
    return tactics(goal.client, Period(goal.starts_on, min(goal.ends_on, day + DAY)))


def pivots_of(goal: ClientGoal, day: date) -> list[Pivot]:
    rows = goal.pivots.filter(decided_on__lte=day).select_related("decided_by")
    return list(rows.order_by("-decided_on", "-pk"))


def changes_of(goal: ClientGoal) -> list[PromiseEvent]:
    """How what was agreed has been changed, the newest first."""
    kind = PromiseEvent.Kind.CHANGED
    rows = PromiseEvent.objects.filter(kind=kind, promise__client_goal=goal)
    return list(rows.select_related("promise").order_by("-pk"))
