"""What became of the weekly goals that were due."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, OuterRef

from godview.periods import Period
from metrics.formulas.weekly_goals import WeeklyGoals
from metrics.queries.scopes import Scope
from tasks.models import WeeklyGoal

Status = WeeklyGoal.Status
MONDAY_TO_SUNDAY = timedelta(days=6)


def weekly_goals(scope: Scope, period: Period) -> WeeklyGoals:
    """Goals whose Sunday lies in the period. A manager's are those they set themselves."""
    goals = WeeklyGoal.objects.filter(
        week_starts_on__gte=period.start - MONDAY_TO_SUNDAY,
        week_starts_on__lt=period.end - MONDAY_TO_SUNDAY,
    )
    if scope.kind == "manager":
        goals = goals.filter(manager=scope.id)
    elif not scope.is_agency:
        goals = goals.filter(scope.clients_on(OuterRef("week_starts_on")))
    rows = goals.order_by().values_list("status", "unplanned").annotate(count=Count("pk"))
    return goals_from_counts(rows)


def goals_from_counts(rows: Iterable[tuple[str, bool, int]]) -> WeeklyGoals:
    """(status, unplanned, how many) to what they mean; open after its Sunday is missed."""
    counts = {(status, unplanned): count for status, unplanned, count in rows}
    return WeeklyGoals(
        met=counts.get((Status.MET, False), 0),
        missed=counts.get((Status.MISSED, False), 0) + counts.get((Status.OPEN, False), 0),
        deleted=counts.get((Status.DELETED, False), 0),
        postponed=counts.get((Status.POSTPONED, False), 0),
        unplanned=sum(count for (_, unplanned), count in counts.items() if unplanned),
        unplanned_met=counts.get((Status.MET, True), 0),
    )
