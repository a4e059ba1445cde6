"""What was spent, what was asked to be paid, and which services are paid for."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from clients.models import Cost, Fee, Invoice, Service
from godview.periods import Period
from metrics.formulas.mrr import MissingRateError, Rates
from metrics.queries.books import read_rates
from metrics.queries.scopes import Scope

CENT = Decimal("0.01")


class Spent(NamedTuple):
    """Money spent, in the reporting currency; None where it has no exchange rate."""

    client: int | None
    kind: str
    amount: Decimal | None
    note: str
    day: date
    currency: str


class Billed(NamedTuple):
    """An invoice by the day it is due; `amount` as above."""

    client: int
    number: str
    amount: Decimal | None
    paid_on: date | None
    day: date
    currency: str


class Bought(NamedTuple):
    """A client pays for a service from a day until a day."""

    client: int
    service: str
    start: date
    end: date | None

    @property
    def day(self) -> date:
        return self.start


class Offered(NamedTuple):
    name: str
    start: date | None
    end: date | None

    def on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def spent_in(scope: Scope, period: Period) -> list[Spent]:
    """After the period's start, up to and on its end; what is spent on all is the agency's."""
    mine = Cost.objects.filter(scope.clients_ever())
    rows = mine.filter(spent_on__gt=period.start, spent_on__lte=period.end)
    columns = ("client_id", "kind", "amount", "note", "spent_on", "currency")
    told = [Spent(*row) for row in rows.order_by("spent_on", "pk").values_list(*columns)]
    rates = read_rates(one.currency for one in told)
    return [one._replace(amount=_worth(one.amount, one.currency, rates, one.day)) for one in told]


def billed_in(scope: Scope, period: Period) -> list[Billed]:
    """Due after the period's start, up to and on its end."""
    mine = Invoice.objects.filter(scope.clients_ever())
    rows = mine.filter(due_on__gt=period.start, due_on__lte=period.end)
    columns = ("client_id", "number", "amount", "paid_on", "due_on", "currency")
    told = [Billed(*row) for row in rows.order_by("due_on", "pk").values_list(*columns)]
    rates = read_rates(one.currency for one in told)
    return [one._replace(amount=_worth(one.amount, one.currency, rates, one.day)) for one in told]


def bought_by(scope: Scope, day: date) -> list[Bought]:
    rows = Fee.objects.filter(scope.clients_ever(), starts_on__lte=day).order_by("pk")
    return [
        Bought(*row) for row in rows.values_list("client_id", "service", "starts_on", "ends_on")
    ]


def offered_by(scope: Scope, day: date) -> list[Offered]:
    """The agency's services; they are the same for every scope and day."""
    rows = Service.objects.values_list("name", "offered_from", "offered_until")
    return [Offered(*row) for row in rows]


def _worth(amount: Decimal | None, currency: str, rates: Rates, day: date) -> Decimal | None:
    if amount is None:
        return None
    try:
        return (amount * rates.on(currency, day)).quantize(CENT)
    except MissingRateError:
        return None
