"""Small hand-built agencies for the tests of numbers: a few clients whose story one can follow."""

from datetime import UTC, date, datetime, time
from typing import Any

from clients.models import Client, Touchpoint
from godview.periods import Period
from metrics.dashboards.numbers import compute
from metrics.formulas.measure import Measure
from metrics.queries.scopes import AGENCY, Scope
from tests.factories.clients import (
    ClientFactory,
    EngagementFactory,
    FeeFactory,
    TouchpointFactory,
)

LONG_AGO = date(2024, 1, 1)
JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))


def client(
    name: str,
    *spells: tuple[date, date | None],
    fee: int | None = None,
    **more: Any,
) -> Client:
    """A client served in these spells (since long ago, if none is given), with one open fee."""
    row: Client = ClientFactory(name=name, slug=name.lower().replace(" ", "-"), **more)
    for start, end in spells or ((LONG_AGO, None),):
        EngagementFactory(client=row, started_on=start, ended_on=end)
    if fee is not None:
        FeeFactory(client=row, amount=fee)
    return row


def touch(of: Client, day: date, hour: int = 10, **more: Any) -> Touchpoint:
    moment = datetime.combine(day, time(hour), tzinfo=UTC)
    row: Touchpoint = TouchpointFactory(client=of, happened_at=moment, **more)
    return row


def measure(
    key: str, period: Period = JUNE, as_of: date | None = None, scope: Scope = AGENCY
) -> Measure:
    return compute(scope, period, as_of or period.end, [key])[key]


def value(key: str, period: Period = JUNE, as_of: date | None = None, scope: Scope = AGENCY) -> Any:
    return measure(key, period, as_of, scope).value
