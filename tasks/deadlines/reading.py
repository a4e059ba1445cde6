"""The rows of the ledger that pages show: promises, what is open about them, what happened last."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When

from clients.models import Pod
from clients.models.assignment import Assignment
from godview.access import covers
from tasks.models import Finding, Postponement, Promise, PromiseEvent, Standing


def ledger(user: Any) -> QuerySet[Promise]:
    """Every promise that counts and that `user` may see, each once."""
    rows = Promise.objects.visible_to(user).counted().filter(standing__isnull=False)
    return rows.select_related("client", "owner", "standing")


def to_be_looked_at() -> QuerySet[Any, Any]:
    return Finding.objects.open().values("promise")


def asked_for() -> QuerySet[Any, Any]:
    return Postponement.objects.open().values("promise")


def with_open_matters(rows: QuerySet[Promise]) -> QuerySet[Any]:
    """With how much of each waits for a person, and when something last happened to it."""
    last = PromiseEvent.objects.filter(promise=OuterRef("pk")).order_by("-happened_at")
    return rows.annotate(
        finding_open=_one_if(pk__in=to_be_looked_at()),
        request_open=_one_if(pk__in=asked_for()),
        last_event=Subquery(last.values("happened_at")[:1]),
    )


def in_full(page: Any) -> list[Promise]:
    """The rows of a page with all that is shown of them. Only what sorts is sorted: it is quick."""
    places = {pk: place for place, pk in enumerate(page.values_list("pk", flat=True))}
    rows = with_open_matters(Promise.objects.filter(pk__in=places))
    found = rows.select_related("client", "owner", "standing")
    return sorted(found, key=lambda row: places[row.pk])


def _one_if(**condition: Any) -> Case:
    return Case(When(**condition, then=1), default=0, output_field=IntegerField())


# What waits for a person, what happened last, what is late or due next; then the past.
MATTERS_FIRST = (
    F("finding_open").desc(),
    F("request_open").desc(),
    F("last_event").desc(nulls_last=True),
    Case(When(standing__state=Standing.State.OPEN, then=F("standing__agreed_on"))).asc(
        nulls_last=True
    ),
    F("due_on").desc(),
    F("pk").desc(),
)


def counts(rows: QuerySet[Promise]) -> dict[str, int]:
    """How many promises, and how many of them were changed, postponed, or wait for somebody."""
    return rows.order_by().aggregate(
        all=Count("pk"),
        changed=Count("pk", filter=Q(standing__attempts__gt=0)),
        postponed=Count("pk", filter=Q(standing__postponements__gt=0)),
        findings=Count("pk", filter=Q(pk__in=to_be_looked_at())),
        requests=Count("pk", filter=Q(pk__in=asked_for())),
    )


def clients_of_pod(pod: Pod, day: date) -> QuerySet[Any, Any]:
    return Assignment.objects.filter(covers(day), pod=pod).values("client")
