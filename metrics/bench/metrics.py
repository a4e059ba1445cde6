"""All metrics by the product's own functions, beside the same figures in hand-written SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isclose
from time import perf_counter
from typing import Any

from godview.periods import Period
from metrics.bench import sql
from metrics.dashboards.numbers import compute
from metrics.formulas.measure import Measure
from metrics.queries.scopes import AGENCY

ROUNDS = 15


@dataclass(frozen=True, slots=True)
class Duel:
    """Milliseconds of both, the best of the same rounds, taken in turns."""

    ms: float
    sql_ms: float

    @property
    def ratio(self) -> float:
        return self.ms / self.sql_ms


def duel(period: Period, as_of: date, rounds: int = ROUNDS) -> Duel:
    """Time both on the database as it is. What differs between them is an error, not a result."""
    differences = disagreements(compute(AGENCY, period, as_of), sql.figures(period, as_of))
    if differences:
        raise AssertionError(f"The SQL and the product disagree: {'; '.join(differences)}")
    ours, floor = [], []
    for _ in range(rounds):
        ours.append(_milliseconds(lambda: compute(AGENCY, period, as_of)))
        floor.append(_milliseconds(lambda: sql.figures(period, as_of)))
    return Duel(min(ours), min(floor))


def disagreements(ours: dict[str, Measure], floor: dict[str, Any]) -> list[str]:
    """Where the two differ by more than the SQL's floating point explains."""
    return [
        f"{key}: {ours[key].value} and {theirs}"
        for key, theirs in floor.items()
        if not _same(ours[key].value, theirs)
    ]


def _same(mine: float | Decimal | None, theirs: float | Decimal | None) -> bool:
    if mine is None or theirs is None:
        return mine is theirs
    return isclose(mine, theirs, rel_tol=1e-9, abs_tol=1e-9)


def _milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000
