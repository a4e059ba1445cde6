"""Every client as the segments see it: activity, capacity, money, recency."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from metrics.dashboards.portfolio import book_on
from metrics.formulas.activity import BASELINE_WEEKS, ActivityWeek, activity_index, scaled
from metrics.formulas.bcg import BcgClient
from metrics.formulas.book import Book
from metrics.formulas.mrr import ZERO, MissingRateError, Rates, worth
from metrics.formulas.rcm import RcmClient
from metrics.memory import remembered
from metrics.queries.activity import activity_totals
from metrics.queries.books import read_rates
from metrics.queries.potential import Money, capacities_on, last_task_done
from metrics.queries.stamps import Stamps

TOO_NEW = timedelta(days=28)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Potential:
    """`pays` is a month's fee now, or the last one of a client who left. None: not known."""

    client: int
    is_served: bool
    activity: float | None
    capacity: Decimal | None
    pays: Decimal | None
    days_since_work: int | None

    @property
    def bcg(self) -> BcgClient:
        pays = None if self.pays is None else self.pays * 12
        return BcgClient(self.client, self.activity, self.capacity, pays)

    @property
    def rcm(self) -> RcmClient:
        return RcmClient(self.client, self.days_since_work, self.capacity, self.pays)


@remembered(4)
def kept_potentials(
    stamps: Stamps, day: date, clients: tuple[Hashable, ...]
) -> tuple[Potential, ...]:
    """Counted once for each state of the rows."""
    return tuple(potentials(book_on(stamps, day), day, clients))


def potentials(book: Book, day: date, clients: Iterable[Hashable]) -> list[Potential]:
    """Of these clients; activity is scaled by the most active one among them."""
    asked = [int(str(client)) for client in clients]
    totals, capacities, worked = activity_totals(day), capacities_on(day), last_task_done(day)
    rates = read_rates(one.currency for one in capacities.values())
    served = {client: book.is_served(client, day) for client in asked}
    judged = [client for client in asked if served[client] and not _is_new(book, client, day)]
    raw = [_mean_index(totals[client]) if client in totals else 0.0 for client in judged]
    active = dict(zip(judged, scaled(raw), strict=True))
    return [
        Potential(
            client=client,
            is_served=served[client],
            activity=active.get(client),
            capacity=_in_reporting(rates, capacities.get(client), day),
            pays=_pays(book, client, day),
            days_since_work=_recency(book, client, worked.get(client), day),
        )
        for client in asked
    ]


def rcm_clients(book: Book, day: date, clients: Iterable[Hashable]) -> list[RcmClient]:
    """The same clients by recency, capacity and money alone, which costs less."""
    asked = [int(str(client)) for client in clients]
    capacities, worked = capacities_on(day), last_task_done(day)
    rates = read_rates(one.currency for one in capacities.values())
    return [
        RcmClient(
            client,
            _recency(book, client, worked.get(client), day),
            _in_reporting(rates, capacities.get(client), day),
            _pays(book, client, day),
        )
        for client in asked
    ]


def _mean_index(weeks: ActivityWeek) -> float:
    """Of eight weeks counted together: the services of today are those of each of them."""
    each = weeks._replace(services_used=weeks.services_used * BASELINE_WEEKS)
    return activity_index(each) / BASELINE_WEEKS


def _is_new(book: Book, client: int, day: date) -> bool:
    since = book.tenures[client].start_of_spell(day)
    return since is not None and day - since < TOO_NEW


def _in_reporting(rates: Rates, capacity: Money | None, day: date) -> Decimal | None:
    if capacity is None:
        return None
    try:
        return capacity.amount * rates.on(capacity.currency, day)
    except MissingRateError:
        return None


def _pays(book: Book, client: int, day: date) -> Decimal | None:
    """On the day, or on the last day of a client who left; on hold, what it would pay."""
    last = _last_day(book, client, day)
    if last is None:
        return None
    try:
        if book.is_paused(client, last):
            return book.paused_mrr([client], last).amount
        return worth(book.amounts(client, last), book.rates, last)
    except MissingRateError:
        return None


def _last_day(book: Book, client: int, day: date) -> date | None:
    """The last day on which we served the client, seen from the day."""
    spells = [spell for spell in book.tenures[client].spells if spell.start <= day]
    if not spells:
        return None
    end = spells[-1].end
    return day if end is None or end > day else end - DAY


def _recency(book: Book, client: int, worked: date | None, day: date) -> int | None:
    """Days since the last task done under a fee; without any, since a fee was last charged."""
    fees = [fee for fee in book.fees.get(client, ()) if fee.start <= day and fee.amount > ZERO]
    if not fees:
        return None
    if worked and any(fee.covers(worked) for fee in fees):
        return (day - worked).days
    ends = [day if fee.end is None or fee.end > day else fee.end - DAY for fee in fees]
    return (day - max(ends)).days
