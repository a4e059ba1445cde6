"""Verdicts on the tactics that ended."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from clients.models import Assignment
from godview.access import covers
from godview.periods import Period
from metrics.formulas.tactics import TacticRecord
from metrics.queries.scopes import AGENCY, Scope
from tasks.models import Tactic

Outcome = Tactic.Outcome


def tactic_record(scope: Scope, period: Period) -> TacticRecord:
    """Tactics that ended after the period's start, up to and on its end."""
    closed = Tactic.objects.closed_by(period.end).filter(ended_on__gt=period.start)
    if scope.kind == "manager":
        closed = closed.filter(manager=scope.id)
    elif not scope.is_agency:
        closed = closed.filter(scope.clients_on(OuterRef("ended_on")))
    counts = dict(closed.order_by().values_list("outcome").annotate(count=Count("pk")))
    return record_of(counts)


def record_of(counts: Mapping[str, int]) -> TacticRecord:
    """Verdicts, by how many there are of each."""
    return TacticRecord(
        wins=counts.get(Outcome.WIN, 0),
        losses=counts.get(Outcome.LOSS, 0),
        inconclusive=counts.get(Outcome.INCONCLUSIVE, 0),
    )


class TacticRow(NamedTuple):
    """One tactic, with the pod that answered for its client on the day of its verdict."""

    name: str
    client: str
    client_slug: str
    industry: str
    manager: str
    manager_slug: str
    pod: str
    pod_slug: str
    outcome: str
    started_on: date
    ended_on: date | None


def tactic_rows(user: Any, period: Period, scope: Scope = AGENCY) -> list[TacticRow]:
    """Tactics that a person may see which ended in the period, or run on its last day.

    A verdict that came later has not been said yet on that day: then it still runs. They belong to
    the scope that had the client then; a manager's are those they started.
    """
    start, end = period.start, period.end
    going_on = Q(ended_on=None) | Q(ended_on__gt=start)
    known = Case(When(ended_on__lte=end, then=F("outcome")), default=Value(Outcome.RUNNING.value))
    held = Assignment.objects.filter(
        covers(Coalesce(OuterRef("ended_on"), Value(end))), client=OuterRef("client")
    )
    rows = Tactic.objects.visible_to(user).filter(going_on, started_on__lte=end)
    if scope.kind == "manager":
        rows = rows.filter(manager=scope.id)
    elif not scope.is_agency:
        rows = rows.annotate(day=Coalesce("ended_on", Value(end)))
        rows = rows.filter(scope.clients_on(OuterRef("day")))
    told = rows.annotate(
        known=known,
        pod_name=Subquery(held.values("pod__name")[:1]),
        pod_slug=Subquery(held.values("pod__slug")[:1]),
    )
    found = told.order_by("-started_on", "client__name", "pk").values_list(
        "name",
        "client__name",
        "client__slug",
        "client__industry",
        "manager__name",
        "manager__slug",
        "pod_name",
        "pod_slug",
        "known",
        "started_on",
        "ended_on",
    )
    return [_row(*row) for row in found]


def _row(*row: Any) -> TacticRow:
    """What nobody told is an empty text."""
    texts, days = row[:-2], row[-2:]
    return TacticRow._make([*(text or "" for text in texts), *days])
