"""The rows of the ledger that pages show: promises, what is open about them, what happened last."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from clients.models import Pod
from clients.models.assignment import Assignment
from godview.access import covers
from tasks.models import Finding, Postponement, Promise, Standing


def ledger(user: Any) -> QuerySet[Promise]:
    """Every promise that counts and that `user` may see, each once."""
    rows = Promise.objects.visible_to(user).counted().filter(standing__isnull=False)
    return rows.select_related("client", "owner", "standing")


def to_be_looked_at() -> QuerySet[Any, Any]:
    return Finding.objects.open().values("promise")


def asked_for() -> QuerySet[Any, Any]:
    return Postponement.objects.open().values("promise")


def with_open_matters(rows: QuerySet[Promise]) -> QuerySet[Any]:
    """With how much of each waits for a person."""
    return rows.annotate(
        finding_open=_one_if(pk__in=to_be_looked_at()), request_open=_one_if(pk__in=asked_for())
    )


def in_full(keys: Sequence[int]) -> list[Promise]:
    """The rows of a page with all that is shown of them. Only what sorts is sorted: it is quick."""
    places = {pk: place for place, pk in enumerate(keys)}
    rows = with_open_matters(Promise.objects.filter(pk__in=places))
    found = rows.select_related("client", "owner", "standing")
    return sorted(found, key=lambda row: places[row.pk])


def _one_if(**condition: Any) -> Case:
    return Case(When(**condition, then=1), default=0, output_field=IntegerField())


WAITS = Q(pk__in=to_be_looked_at()) | Q(pk__in=asked_for())
OPEN = Q(standing__state=Standing.State.OPEN)
COUNTED = {
    "all": Q(),
    "changed": Q(standing__attempts__gt=0),
    "postponed": Q(standing__postponements__gt=0),
    "findings": Q(pk__in=to_be_looked_at()),
    "requests": Q(pk__in=asked_for()),
    "waiting": WAITS,
    "open": OPEN & ~WAITS,
}


def counts(rows: QuerySet[Promise]) -> dict[str, int]:
    """How many promises, and how many of them were changed, postponed, are open, or wait for
    somebody: one query, each part of it by an index of its own."""
    parts = [
        rows.filter(which).order_by().values_list(Value(name)).annotate(n=Count("pk"))
        for name, which in COUNTED.items()
    ]
    found = dict(parts[0].union(*parts[1:], all=True))
    return {name: found.get(name, 0) for name in COUNTED}


class MattersFirst(Sequence[int]):
    """Keys of promises: those that wait for somebody, the open ones by their day, then the past.

    Only the part that a page shows is ever sorted.
    """

    def __init__(self, rows: QuerySet[Promise], counted: dict[str, int]) -> None:
        waiting = with_open_matters(rows.filter(WAITS))
        self._parts: list[tuple[QuerySet[Any], int]] = [
            (
                waiting.order_by("-finding_open", "-request_open", "-due_on", "-pk"),
                counted["waiting"],
            ),
            (rows.filter(OPEN & ~WAITS).order_by("standing__agreed_on", "pk"), counted["open"]),
            (
                rows.filter(~OPEN & ~WAITS).order_by("-due_on", "-pk"),
                counted["all"] - counted["waiting"] - counted["open"],
            ),
        ]

    def __len__(self) -> int:
        return sum(count for _, count in self._parts)

    def __getitem__(self, place: Any) -> Any:
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        start, stop, _ = place.indices(len(self))
        found: list[int] = []
        for rows, count in self._parts:
            if start < count and stop > 0:
                found += rows.values_list("pk", flat=True)[max(0, start) : min(stop, count)]
            start, stop = start - count, stop - count
        return found

    def all(self) -> Iterator[Promise]:
        """Every row with all that its line in the CSV says."""
        for rows, _ in self._parts:
            yield from with_open_matters(rows).select_related("client", "owner", "standing")


def clients_of_pod(pod: Pod, day: date) -> QuerySet[Any, Any]:
    return Assignment.objects.filter(covers(day), pod=pod).values("client")
