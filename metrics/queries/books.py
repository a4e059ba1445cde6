"""The dated facts about clients, read into a book of business."""

from collections.abc import Container, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.conf import settings

from clients.models import Engagement, ExchangeRate, GrossMargin
from clients.models import Fee as FeeRow
from clients.models import Pause as PauseRow
from metrics.formulas.book import Book
from metrics.formulas.mrr import Fee, Rates
from metrics.formulas.pauses import Pause, without_long_pauses
from metrics.formulas.retention import Spell, Tenure, tenure
from metrics.queries.scopes import Scope

T = TypeVar("T")

FEE_COLUMNS = (
    "client_id",
    "starts_on",
    "ends_on",
    "amount",
    "currency",
    "per",
    "finance_model",
)


def read_book(scope: Scope, as_of: date) -> Book:
    """The book of a scope's clients as it is known on a day."""
    return read_ledger(scope).on(as_of)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The dated facts about a scope's clients, read once for the books of any day."""

    tenures: dict[Hashable, Tenure]
    pauses: dict[Hashable, list[Pause]]
    fees: dict[Hashable, list[Fee]]
    rates: Rates

    def within(self, clients: Container[Hashable] | None) -> "Ledger":
        """Only what is about these clients; None: about everybody."""
        if clients is None:
            return self
        return Ledger(
            _only(clients, self.tenures),
            _only(clients, self.pauses),
            _only(clients, self.fees),
            self.rates,
        )

    def on(self, as_of: date) -> Book:
        """Pauses are judged by what is known on `as_of`."""
        tenures = dict(self.tenures)
        for client, pauses in self.pauses.items():
            if client in tenures:
                tenures[client] = without_long_pauses(
                    tenures[client], pauses, as_of, settings.PAUSE_LIMIT_DAYS
                )
        return Book(tenures, self.fees, self.rates, self.pauses)


def _only(clients: Container[Hashable], told: dict[Hashable, T]) -> dict[Hashable, T]:
    return {client: fact for client, fact in told.items() if client in clients}


def read_ledger(scope: Scope) -> Ledger:
    """Spells, pauses, fees and rates: three queries, four with currencies."""
    fees = _fees(scope)
    currencies = {fee.currency for mine in fees.values() for fee in mine}
    return Ledger(_tenures(scope), _pauses(scope), fees, read_rates(currencies))


def read_rates(currencies: Iterable[str]) -> Rates:
    """Dated exchange rates of these currencies; no query when all is in the reporting one."""
    foreign = set(currencies) - {settings.REPORTING_CURRENCY}
    dated: dict[str, list[tuple[date, Decimal]]] = {}
    if foreign:
        rows = ExchangeRate.objects.filter(currency__in=foreign).order_by("starts_on")
        for currency, starts_on, rate in rows.values_list("currency", "starts_on", "rate"):
            dated.setdefault(currency, []).append((starts_on, rate))
    return Rates(settings.REPORTING_CURRENCY, dated)


def gross_margin(as_of: date) -> Decimal | None:
    """The agency's margin in force on a day; None when none was written down by then."""
    rows = GrossMargin.objects.filter(starts_on__lte=as_of).order_by("-starts_on")
    return rows.values_list("share", flat=True).first()


def _tenures(scope: Scope) -> dict[Hashable, Tenure]:
    found: dict[Hashable, list[Spell]] = {}
    rows = Engagement.objects.filter(scope.clients_ever()).order_by()
    for client, start, end in rows.values_list("client_id", "started_on", "ended_on"):
        found.setdefault(client, []).append(Spell(start, end))
    return {client: tenure(client, spells) for client, spells in found.items()}


def _pauses(scope: Scope) -> dict[Hashable, list[Pause]]:
    found: dict[Hashable, list[Pause]] = {}
    rows = PauseRow.objects.filter(scope.clients_ever()).order_by()
    for client, start, end in rows.values_list("client_id", "started_on", "ended_on"):
        found.setdefault(client, []).append(Pause(start, end))
    return found


def _fees(scope: Scope) -> dict[Hashable, list[Fee]]:
    found: dict[Hashable, list[Fee]] = {}
    rows = FeeRow.objects.filter(scope.clients_ever()).order_by()
    if scope.kind in ("finance_model", "service"):
        rows = rows.filter(**{scope.kind: scope.name})
    for row in rows.values_list(*FEE_COLUMNS):
        fee = Fee(*row)
        found.setdefault(fee.client, []).append(fee)
    return found
