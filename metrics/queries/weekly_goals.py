"""What became of the weekly goals that were due."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When

from godview.periods import Period
from metrics.formulas.weekly_goals import WeeklyGoals
from metrics.queries.deadlines import truth
from metrics.queries.scopes import Scope
from tasks.models import Standing, WeeklyGoal
from tasks.models.weekly_goal import WeeklyGoalQuerySet

Status = WeeklyGoal.Status
MONDAY_TO_SUNDAY = timedelta(days=6)

# Put off, and approved because the client kept us waiting.
# Asked only of those put off: a join would look up the standing of every goal.
FOR_THE_CLIENT = Standing.objects.filter(promise__weekly_goal=OuterRef("pk"), for_the_client=True)
EXCUSED = Case(When(status=Status.POSTPONED, then=Exists(FOR_THE_CLIENT)), default=Value(False))
GOALLESS = truth(Q(client_goal=None))


class GoalKind(NamedTuple):
    """All that a number needs to know of a weekly goal."""

    status: str
    unplanned: bool
    excused: bool = False
    goalless: bool = False


class DueGoals(NamedTuple):
    """(Monday, kind, how many)"""

    rows: list[tuple[date, GoalKind, int]]

    def within(self, period: Period) -> WeeklyGoals:
        """Goals whose Sunday lies in the period."""
        counts: Counter[GoalKind] = Counter()
        for monday, kind, count in self.rows:
            if monday + MONDAY_TO_SUNDAY in period:
                counts[kind] += count
        return goals_from_counts(counts)


def due_goals(scope: Scope, period: Period) -> DueGoals:
    rows = goals_due(scope, period).annotate(excused=EXCUSED, goalless=GOALLESS)
    told = rows.order_by().values_list(
        "week_starts_on", "status", "unplanned", "excused", "goalless"
    )
    return DueGoals(
        [(row[0], GoalKind(*row[1:5]), row[5]) for row in told.annotate(count=Count("pk"))]
    )


def goals_due(scope: Scope, period: Period) -> WeeklyGoalQuerySet:
    """Goals whose Sunday lies in the period. A manager's are those they set themselves."""
    goals = WeeklyGoal.objects.filter(
        week_starts_on__gte=period.start - MONDAY_TO_SUNDAY,
        week_starts_on__lt=period.end - MONDAY_TO_SUNDAY,
    )
    if scope.kind == "manager":
        return goals.filter(manager=scope.id)
    return goals if scope.is_agency else goals.filter(scope.clients_on(OuterRef("week_starts_on")))


def goals_from_counts(counts: Mapping[GoalKind, int]) -> WeeklyGoals:
    """How many there are of each kind to what they mean; open after its Sunday is missed."""
    planned, later = Counter[str](), Counter[str]()
    for kind, count in counts.items():
        (later if kind.unplanned else planned)[kind.status] += count
    promised = [(kind, count) for kind, count in counts.items() if not kind.unplanned]
    return WeeklyGoals(
        met=planned[Status.MET],
        missed=planned[Status.MISSED] + planned[Status.OPEN],
        deleted=planned[Status.DELETED],
        postponed=planned[Status.POSTPONED],
        excused=sum(count for kind, count in promised if kind.excused),
        goalless=sum(count for kind, count in promised if kind.goalless),
        unplanned=later.total(),
        unplanned_met=later[Status.MET],
    )
