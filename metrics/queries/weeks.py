"""What became of the weeks of a team or a person: one query each, counted by the database."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from django.db.models import Count, OuterRef, Q

from clients.models import Touchpoint
from godview.periods import WEEK, Period, monday_of
from metrics.formulas.ratio import Ratio
from metrics.formulas.weekly_goals import pooled
from metrics.queries.deadlines import due_work
from metrics.queries.scopes import Scope
from tasks.models import WeeklyGoal


class GoalWeek(NamedTuple):
    met: int
    committed: int
    open: int


def goals_by_week(scope: Scope, weeks: Period) -> dict[date, GoalWeek]:
    """By Monday: the weekly goals of a scope, or those that a manager set."""
    goals = WeeklyGoal.objects.committed().filter(
        week_starts_on__gte=weeks.start, week_starts_on__lt=weeks.end
    )
    if scope.kind == "manager":
        goals = goals.filter(manager=scope.id)
    else:
        goals = goals.filter(scope.clients_on(OuterRef("week_starts_on")))
    rows = (
        goals.order_by()
        .values_list("week_starts_on")
        .annotate(
            met=Count("pk", filter=Q(status=WeeklyGoal.Status.MET)),
            committed=Count("pk"),
            open=Count("pk", filter=Q(status=WeeklyGoal.Status.OPEN)),
        )
    )
    return {monday: GoalWeek(*counts) for monday, *counts in rows}


def contacts_by_week(scope: Scope, weeks: Period) -> Counter[date]:
    """By Monday: how often clients heard from us; a manager's are those they made themselves."""
    touches = Touchpoint.objects.qualifying().filter(
        happened_on__gte=weeks.start, happened_on__lt=weeks.end
    )
    if scope.is_person:
        touches = touches.filter(staff=scope.id)
    else:
        touches = touches.filter(scope.clients_on(OuterRef("happened_on")))
    found: Counter[date] = Counter()
    rows = touches.order_by().values_list("happened_on").annotate(count=Count("pk"))
    for day, count in rows:
        found[monday_of(day)] += count
    return found


def on_time_by_week(scope: Scope, weeks: Period) -> dict[date, Ratio]:
    """By Monday: tasks done by their first due date, of those due."""
    found: dict[date, Ratio] = {}
    for day, ratio in due_work(scope, weeks).by_day().items():
        before = found.get(monday_of(day), Ratio(0, 0))
        found[monday_of(day)] = pooled((before, ratio))
    return found


def weeks_to(day: date, count: int) -> Period:
    """The last `count` weeks by a day, the one that runs among them."""
    monday = monday_of(day)
    return Period(monday - WEEK * (count - 1), monday + WEEK)
