"""The dated facts about clients, read into a book of business."""

from collections.abc import Hashable, Iterable
from datetime import date
from decimal import Decimal

from django.conf import settings

from clients.models import Engagement, ExchangeRate, GrossMargin
from clients.models import Fee as FeeRow
from clients.models import Pause as PauseRow
from metrics.formulas.book import Book
from metrics.formulas.mrr import Fee, Rates
from metrics.formulas.pauses import Pause, tenure_without_long_pauses
from metrics.formulas.retention import Spell, Tenure
from metrics.queries.scopes import Scope

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
    """Tenures, pauses, fees and rates of a scope's clients: three queries, four with currencies.

    Pauses are judged by what is known on `as_of`.
    """
    fees = _fees(scope)
    pauses = _pauses(scope)
    currencies = {fee.currency for mine in fees.values() for fee in mine}
    return Book(_tenures(scope, pauses, as_of), fees, read_rates(currencies), pauses)


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


def _tenures(
    scope: Scope, pauses: dict[Hashable, list[Pause]], as_of: date
) -> dict[Hashable, Tenure]:
    spells: dict[Hashable, list[Spell]] = {}
    rows = Engagement.objects.filter(scope.clients_ever()).order_by()
    for client, start, end in rows.values_list("client_id", "started_on", "ended_on"):
        spells.setdefault(client, []).append(Spell(start, end))
    limit = settings.PAUSE_LIMIT_DAYS
    return {
        client: tenure_without_long_pauses(client, mine, pauses.get(client, []), as_of, limit)
        for client, mine in spells.items()
    }


def _pauses(scope: Scope) -> dict[Hashable, list[Pause]]:
    found: dict[Hashable, list[Pause]] = {}
    rows = PauseRow.objects.filter(scope.clients_ever()).order_by()
    for client, start, end in rows.values_list("client_id", "started_on", "ended_on"):
        found.setdefault(client, []).append(Pause(start, end))
    return found


def _fees(scope: Scope) -> dict[Hashable, list[Fee]]:
    found: dict[Hashable, list[Fee]] = {}
    rows = FeeRow.objects.filter(scope.clients_ever()).order_by()
    for row in rows.values_list(*FEE_COLUMNS):
        fee = Fee(*row)
        found.setdefault(fee.client, []).append(fee)
    return found
