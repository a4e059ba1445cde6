"""What My week shows: the clients of a manager, their goals, their promises, their notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from clients.models import Assignment, Client, ClientGoal, GoalReading, Staff, Touchpoint
from godview.periods import WEEK
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
    seen = Assignment.objects.visible_to(user).on(day).order_by()
    return Staff.objects.filter(pk__in=seen.values("account_manager"))


def clients_of_manager(user: Any, manager: Staff, day: date) -> list[Client]:
    """Those that a manager answers for on a day, and that `user` may see, by name."""
    mine = Assignment.objects.on(day).filter(account_manager=manager).order_by()
    rows = Client.objects.visible_to(user).filter(pk__in=mine.values("client"))
    return list(rows.order_by("name"))


def last_touches_of(clients: Iterable[int], day: date) -> dict[int, date]:
    """When each of a few clients last heard from us as a person; who never did is not in it."""
    touches = Touchpoint.objects.qualifying().by(day).filter(client__in=list(clients)).order_by()
    return dict(touches.values_list("client").annotate(Max("happened_on")))


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
