"""Every metric of the catalogue, computed for a scope, a period and a day."""

from collections.abc import Callable, Iterable
from datetime import date

from godview.periods import Period
from metrics.catalogue import CATALOGUE, Unit
from metrics.dashboards.numbers import (
    clients,
    contact,
    experiments,
    lifetime,
    promises,
    revenue,
    spending,
    survival,
    training,
    voices,
    warnings,
    work,
)
from metrics.dashboards.numbers.facts import Facts
from metrics.formulas.measure import Measure, unknown
from metrics.queries.known import as_known_on
from metrics.queries.scopes import Scope

NUMBERS: dict[str, Callable[[Facts], Measure]] = {
    **clients.NUMBERS,
    **revenue.NUMBERS,
    **lifetime.NUMBERS,
    **survival.NUMBERS,
    **contact.NUMBERS,
    **work.NUMBERS,
    **experiments.NUMBERS,
    **promises.NUMBERS,
    **training.NUMBERS,
    **voices.NUMBERS,
    **warnings.NUMBERS,
    **spending.NUMBERS,
}


def compute(
    scope: Scope,
    period: Period,
    as_of: date,
    keys: Iterable[str] | None = None,
    known_on: date | None = None,
) -> dict[str, Measure]:
    """The metrics asked for (all of them, if none is named), each fact read once.

    What happened is counted in `period`, how things stand is told for `as_of`; with `known_on`,
    only what had been entered by the end of that day. A metric that cannot be known comes with its
    reason; a metric that fails, fails loudly.
    """
    wanted = NUMBERS if keys is None else keys
    with as_known_on(known_on):
        facts = Facts(scope, period, as_of)
        return {key: measure_of(key, facts, known_on) for key in wanted}


def measure_of(key: str, facts: Facts, known_on: date | None) -> Measure:
    metric = CATALOGUE[key]
    if known_on is None or metric.keeps_entries:
        return NUMBERS[key](facts)
    unit = facts.currency if metric.unit is Unit.MONEY else metric.unit
    return unknown(unit, "what Asana told before, or what a score said, is not kept")


__all__ = ["NUMBERS", "Facts", "compute", "measure_of"]
