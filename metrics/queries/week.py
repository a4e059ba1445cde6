"""What My week shows: the clients of a manager, their goals, their promises, their notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from clients.models import Assignment, Client, ClientGoal, Engagement, GoalReading, Staff
from godview.periods import WEEK, Period
from metrics.formulas.pace import Pace, Reading, pace
from tasks.models import WeeklyGoal, WeekNote


@dataclass(frozen=True, slots=True)
class RunningGoal:
    """A 90-day goal that runs on a day, with its newest reading by then."""

    goal: ClientGoal
    reading: Decimal | None
    pace: Pace
    day: int

    def order(self) -> tuple[bool, bool, float]:
        """The one that stands for the client comes first: matters most, then furthest behind."""
        return (
            not self.goal.matters_most,
            not self.pace.state.is_judged,
            self.pace.ratio or 0.0,
        )


def managers_seen_by(user: Any, day: date) -> QuerySet[Staff]:
    """Who answers, on a day, for the clients that a person may see."""
    seen = Assignment.objects.visible_to(user).on(day).filter(account_manager=OuterRef("pk"))
    return Staff.objects.filter(Exists(seen))


def clients_of_week(user: Any, manager: Staff, week: Period, day: date) -> list[Client]:
    """The manager's clients on `day` who are served in the week, those on hold left out.

    One on hold, or gone before Sunday, stays in sight while it has goals in the week.
    """
    mine = Assignment.objects.on(day).filter(account_manager=manager, client=OuterRef("pk"))
    served = Engagement.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=week.start),
        client=OuterRef("pk"),
        started_on__lt=week.end,
    )
    promised = WeeklyGoal.objects.of_week(week.start).filter(client=OuterRef("pk"))
    on_hold = Client.objects.paused_on(day)
    rows = Client.objects.visible_to(user).filter(Exists(mine), Exists(served))
    return list(rows.filter(~Q(pk__in=on_hold.values("pk")) | Exists(promised)).order_by("name"))


def goals_of_weeks(clients: Iterable[int], monday: date) -> dict[tuple[int, date], list[Any]]:
    """Weekly goals by client and Monday, for a week and the one after it."""
    found: dict[tuple[int, date], list[Any]] = {}
    rows = WeeklyGoal.objects.filter(
        client__in=list(clients), week_starts_on__in=[monday, monday + WEEK]
    )
    for goal in rows.select_related("client_goal").order_by("pk"):
        found.setdefault((goal.client_id, goal.week_starts_on), []).append(goal)
    return found


def running_goals(clients: Iterable[int], day: date) -> dict[int, list[RunningGoal]]:
    """The 90-day goals of each client on a day, the one that stands for it first."""
    known = GoalReading.objects.filter(goal=OuterRef("pk"), read_on__lte=day)
    newest = known.order_by("-read_on")
    goals = ClientGoal.objects.running_on(day).filter(client__in=list(clients)).order_by("name")
    rows: Any = goals.annotate(
        value=Subquery(newest.values("value")[:1]), read_on=Subquery(newest.values("read_on")[:1])
    )
    found: dict[int, list[RunningGoal]] = {}
    for goal in rows:
        reading = None if goal.read_on is None else Reading(goal.value, goal.read_on)
        reached = pace(goal.baseline, goal.target, reading, goal.starts_on, goal.ends_on, day)
        running = RunningGoal(goal, goal.value, reached, (day - goal.starts_on).days)
        found.setdefault(goal.client_id, []).append(running)
    return {client: sorted(goals, key=RunningGoal.order) for client, goals in found.items()}


def notes_of_week(clients: Iterable[int], monday: date) -> dict[int, WeekNote]:
    rows = WeekNote.objects.filter(client__in=list(clients), week_starts_on=monday)
    return {note.client_id: note for note in rows}
