"""Every metric of the catalogue, computed for a scope, a period and a day."""

from collections.abc import Callable, Iterable
from datetime import date

from godview.periods import Period
from metrics.dashboards.numbers import (
    clients,
    contact,
    lifetime,
    promises,
    revenue,
    survival,
    training,
    work,
)
from metrics.dashboards.numbers.facts import Facts
from metrics.formulas.measure import Measure
from metrics.queries.scopes import Scope

NUMBERS: dict[str, Callable[[Facts], Measure]] = {
    **clients.NUMBERS,
    **revenue.NUMBERS,
    **lifetime.NUMBERS,
    **survival.NUMBERS,
    **contact.NUMBERS,
    **work.NUMBERS,
    **promises.NUMBERS,
    **training.NUMBERS,
}


def compute(
    scope: Scope, period: Period, as_of: date, keys: Iterable[str] | None = None
) -> dict[str, Measure]:
    """The metrics asked for (all of them, if none is named), each fact read once.

    What happened is counted in `period`, how things stand is told for `as_of`. A metric that
    cannot be known comes with its reason; a metric that fails, fails loudly.
    """
    facts = Facts(scope, period, as_of)
    return {key: NUMBERS[key](facts) for key in (NUMBERS if keys is None else keys)}


__all__ = ["NUMBERS", "Facts", "compute"]
