"""How far each client's 90-day goals are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import FloatField, OuterRef, Subquery
from django.db.models.functions import Cast

from clients.models import ClientGoal, GoalReading
from metrics.formulas.pace import Number, Pace, Reading, pace
from metrics.queries.scopes import Scope


class GoalRow(NamedTuple):
    """A running goal with its newest reading by the day asked for."""

    client_id: int
    matters_most: bool
    baseline: Number
    target: Number
    starts_on: date
    ends_on: date
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class ClientPace:
    """The pace of the goal that stands for the client."""

    client_id: int
    pace: Pace
    matters_most: bool


def client_paces(scope: Scope, as_of: date, off_below: float) -> dict[int, ClientPace]:
    """Each client's pace on a day: of the goal that matters most, else of the one furthest behind.

    Clients without a running goal are not in it.
    """
    known = GoalReading.objects.filter(goal=OuterRef("pk"), read_on__lte=as_of)
    newest = known.order_by("-read_on")
    running = ClientGoal.objects.running_on(as_of).filter(scope.clients_on(as_of)).order_by()
    rows = running.values_list(
        "client_id",
        "matters_most",
        Cast("baseline", FloatField()),
        Cast("target", FloatField()),
        "starts_on",
        "ends_on",
        Cast(Subquery(newest.values("value")[:1]), FloatField()),
        Subquery(newest.values("read_on")[:1]),
    )
    return pace_of_clients((_goal_row(*row) for row in rows), as_of, off_below)


def _goal_row(*row: Any) -> GoalRow:
    *goal, value, read_on = row
    return GoalRow._make((*goal, None if read_on is None else Reading(value, read_on)))


def pace_of_clients(
    rows: Iterable[GoalRow], as_of: date, off_below: float
) -> dict[int, ClientPace]:
    chosen: dict[int, ClientPace] = {}
    for row in rows:
        span = (row.starts_on, row.ends_on)
        reached = pace(row.baseline, row.target, row.reading, *span, as_of, off_below)
        mine = ClientPace(row.client_id, reached, row.matters_most)
        if row.client_id not in chosen or _stands_before(mine, chosen[row.client_id]):
            chosen[row.client_id] = mine
    return chosen


def _stands_before(one: ClientPace, other: ClientPace) -> bool:
    if one.matters_most != other.matters_most:
        return one.matters_most
    if one.pace.state.is_judged != other.pace.state.is_judged:
        return one.pace.state.is_judged
    return (one.pace.ratio or 0) < (other.pace.ratio or 0)
