"""The last weeks of the numbers on Today, each in one query whatever the history behind it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter

from django.db.models import OuterRef, Q, Subquery

from clients.models import Client, ClientGoal, Touchpoint
from metrics.formulas.pace import Reading
from metrics.queries.limits import LimitHistory
from metrics.queries.pace import ClientPace, GoalRow, pace_of_clients

Course = defaultdict[int, list[Reading]]


def last_touches_by(days: Sequence[date]) -> dict[int, tuple[date | None, ...]]:
    """For every client served lately: when it had last heard from us, seen from each of the days.

    One step into the index (client, happened_on) for each client and day.
    """
    touches = Touchpoint.objects.qualifying().filter(client=OuterRef("pk"))
    newest = [
        Subquery(touches.by(day).order_by("-happened_on").values("happened_on")[:1]) for day in days
    ]
    still_here = Q(engagements__ended_on=None) | Q(engagements__ended_on__gt=days[0])
    clients = Client.objects.filter(still_here, engagements__started_on__lte=days[-1])
    return {row[0]: row[1:] for row in clients.order_by().values_list("pk", *newest)}


def paces_by(days: Sequence[date], limits: LimitHistory) -> list[dict[int, ClientPace]]:
    """Each client's pace as it was on each of the days, by the limit and the readings of then.

    Goals that were never read are among them: one that matters most stands for its client.
    """
    readings = (
        ClientGoal.objects.filter(starts_on__lte=days[-1], ends_on__gt=days[0])
        .order_by("pk", "readings__read_on")
        .values_list(
            "pk",
            "client_id",
            "matters_most",
            "baseline",
            "target",
            "starts_on",
            "ends_on",
            "readings__read_on",
            "readings__value",
        )
    )
    goals: dict[int, GoalRow] = {}
    course: Course = defaultdict(list)
    for goal, client, matters, baseline, target, start, end, read_on, value in readings:
        if goal not in goals:
            goals[goal] = GoalRow(client, matters, baseline, target, start, end, reading=None)
        if read_on is not None and value is not None:
            course[goal].append(Reading(value, read_on))
    return [
        pace_of_clients(_as_known_on(day, goals, course), day, limits.on(day)["pace"])
        for day in days
    ]


def _as_known_on(day: date, goals: Mapping[int, GoalRow], course: Course) -> list[GoalRow]:
    rows = []
    for goal, row in goals.items():
        if row.starts_on <= day < row.ends_on:
            place = bisect_right(course[goal], day, key=attrgetter("read_on"))
            rows.append(row._replace(reading=course[goal][place - 1] if place else None))
    return rows
