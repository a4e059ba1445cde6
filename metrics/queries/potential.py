"""What each client could buy, how active it is, and when we last worked for it."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Max, Q, QuerySet

from clients.models import Capacity, Fee, Service, Touchpoint
from godview.access import covers
from godview.periods import WEEK, monday_of
from metrics.formulas.activity import BASELINE_WEEKS, ActivityWeek
from tasks.models import Membership


class Money(NamedTuple):
    amount: Decimal
    currency: str


def capacities_on(day: date) -> dict[int, Money]:
    """By client: what it could buy in a year, as judged last by the day."""
    rows = Capacity.objects.filter(starts_on__lte=day).order_by("starts_on")
    return {
        client: Money(amount, currency)
        for client, amount, currency in rows.values_list("client_id", "amount", "currency")
    }


def activity_totals(day: date) -> dict[int, ActivityWeek]:
    """By client: touches both ways and tasks done in the last eight full weeks, services today."""
    end = monday_of(day)
    start = end - WEEK * BASELINE_WEEKS
    inbound = Q(direction=Touchpoint.Direction.INBOUND)
    touches = Touchpoint.objects.filter(
        happened_on__gte=start,
        happened_on__lt=end,
        automatic=False,
        channel__in=(*Touchpoint.SPOKEN, *Touchpoint.WRITTEN),
    )
    counted = touches.order_by().values_list("client_id")
    heard = {
        client: (ours, theirs)
        for client, ours, theirs in counted.annotate(
            ours=Count("pk", filter=~inbound), theirs=Count("pk", filter=inbound)
        )
    }
    done = _tasks(Q(task__completed_on__gte=start, task__completed_on__lt=end))
    used, offered = _services(day)
    return {
        client: ActivityWeek(
            *heard.get(client, (0, 0)), done.get(client, 0), used.get(client, 0), offered
        )
        for client in {*heard, *done, *used}
    }


def last_task_done(day: date) -> dict[int, date]:
    """By client: when a task of its projects was last done."""
    rows = _of_clients().filter(task__completed_on__lte=day).values_list("project__client_id")
    return dict(rows.annotate(last=Max("task__completed_on")))


def _tasks(done: Q) -> dict[int, int]:
    rows = _of_clients().filter(done).values_list("project__client_id")
    return dict(rows.annotate(count=Count("task_id", distinct=True)))


def _of_clients() -> QuerySet[Membership]:
    return Membership.objects.exclude(project__client=None).order_by()


def _services(day: date) -> tuple[dict[int, int], int]:
    """How many of the services on offer each client pays for, and how many there are."""
    names = set(Service.objects.offered_on(day).values_list("name", flat=True))
    fees = Fee.objects.filter(covers(day, start="starts_on", end="ends_on"), service__in=names)
    rows = fees.order_by().values_list("client_id")
    return dict(rows.annotate(count=Count("service", distinct=True))), len(names)
