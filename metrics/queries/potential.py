"""What each client could buy, and when we last worked for it."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Max

from clients.models import Capacity
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


def last_task_done(day: date) -> dict[int, date]:
    """By client: when a task of its projects was last done."""
    done = Membership.objects.filter(project__client__isnull=False, task__completed_on__lte=day)
    rows = done.order_by().values_list("project__client_id")
    return dict(rows.annotate(last=Max("task__completed_on")))
