"""What My week shows: the clients of a manager, their goals, their promises, their notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery

from clients.models import Assignment, Client, ClientGoal, GoalReading, Staff, Touchpoint
from godview.folding import by_letters
from godview.periods import WEEK
from metrics.formulas.pace import Pace, Reading, pace
from tasks.models import Postponement, WeeklyGoal, WeekNote


class ClientOfManager(NamedTuple):
    id: int
    name: str
    slug: str
    is_key: bool
    language: str = ""  # in which it is written to


class PromisedGoal(NamedTuple):
    """A weekly goal, with the 90-day goal it serves."""

    id: int
    client_id: int
    week_starts_on: date
    text: str
    status: str
    note: str
    unplanned: bool
    committed_at: datetime | None
    version: int
    promise_id: int | None
    another_day_asked: bool
    serves_id: int | None
    serves: str | None


class Note(NamedTuple):
    text: str
    saved_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class RunningGoal:
    """A 90-day goal on a day: where it stood, where it must be, and its pace by then."""

    id: int
    name: str
    unit: str
    baseline: Decimal
    target: Decimal
    matters_most: bool
    pace: Pace
    day: int

    def order(self) -> tuple[bool, bool, float]:
        """The one that stands for the client comes first: matters most, then furthest behind."""
        return (not self.matters_most, not self.pace.state.is_judged, self.pace.ratio or 0.0)


def managers_seen_by(user: Any, day: date) -> QuerySet[Staff]:
    """Who answers, on a day, for the clients that a person may see."""
    seen = Assignment.objects.visible_to(user).on(day).order_by()
    return Staff.objects.filter(pk__in=seen.values("account_manager"))


def clients_of_manager(user: Any, manager: Staff, day: date) -> list[ClientOfManager]:
    """Those that a manager answers for on a day, and that `user` may see, by name."""
    mine = Assignment.objects.on(day).filter(account_manager=manager).order_by()
    rows = Client.objects.visible_to(user).filter(pk__in=mine.values("client")).order_by()
    columns = ("pk", "name", "slug", "is_key", "language")
    found = (ClientOfManager(*row) for row in rows.values_list(*columns))
    return sorted(found, key=lambda one: by_letters(one.name))


def last_touches_of(clients: Iterable[int], day: date) -> dict[int, date]:
    """When each of a few clients last heard from us as a person; who never did is not in it."""
    touches = Touchpoint.objects.qualifying().by(day).filter(client__in=list(clients)).order_by()
    return dict(touches.values_list("client").annotate(Max("happened_on")))


def goals_of_weeks(
    clients: Iterable[int], monday: date
) -> dict[tuple[int, date], list[PromisedGoal]]:
    """Weekly goals by client and Monday, for a week, the one before and the one after it."""
    found: dict[tuple[int, date], list[PromisedGoal]] = {}
    rows = WeeklyGoal.objects.filter(
        client__in=list(clients), week_starts_on__in=[monday - WEEK, monday, monday + WEEK]
    ).order_by("pk")
    asked = Postponement.objects.filter(
        promise__weekly_goal=OuterRef("pk"), state=Postponement.State.ASKED
    )
    columns = (*PromisedGoal._fields[1:-4], "promise", Exists(asked))
    for row in rows.values_list("pk", *columns, "client_goal_id", "client_goal__name"):
        goal = PromisedGoal(*row)
        found.setdefault((goal.client_id, goal.week_starts_on), []).append(goal)
    return found


def running_goals(
    clients: Iterable[int], day: date, off_below: float
) -> dict[int, tuple[RunningGoal, ...]]:
    """The 90-day goals of each client on a day, the one that stands for it first."""
    known = GoalReading.objects.filter(goal=OuterRef("pk"), read_on__lte=day)
    newest = known.order_by("-read_on")
    rows = ClientGoal.objects.running_on(day).filter(client__in=list(clients)).order_by("name")
    columns = ("pk", "name", "unit", "baseline", "target", "matters_most")
    reading = (Subquery(newest.values("value")[:1]), Subquery(newest.values("read_on")[:1]))
    found: dict[int, list[RunningGoal]] = {}
    for client, starts_on, ends_on, value, read_on, *told in rows.values_list(
        "client_id", "starts_on", "ends_on", *reading, *columns
    ):
        pk, name, unit, baseline, target, most = told
        read = None if read_on is None else Reading(value, read_on)
        reached = pace(baseline, target, read, starts_on, ends_on, day, off_below)
        elapsed = (day - starts_on).days
        running = RunningGoal(pk, name, unit, baseline, target, most, reached, elapsed)
        found.setdefault(client, []).append(running)
    return {client: tuple(sorted(goals, key=RunningGoal.order)) for client, goals in found.items()}


def notes_of_week(clients: Iterable[int], monday: date) -> dict[int, Note]:
    rows = WeekNote.objects.filter(client__in=list(clients), week_starts_on=monday).order_by()
    return {client: Note(*row) for client, *row in rows.values_list("client", *Note._fields)}
