"""Metrics by the product's own functions, beside the same figures in SQL and in DuckDB."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isclose
from time import perf_counter
from typing import Any

from django.utils import timezone

from godview.periods import Period
from metrics.bench import sql
from metrics.bench.duck import ducked
from metrics.dashboards.numbers import compute
from metrics.dashboards.past import Moment
from metrics.dashboards.snapshots import COMMITTED_BY, keep, kept, kept_keys
from metrics.formulas.measure import Measure
from metrics.queries.scopes import AGENCY
from tasks.bench.measuring import forget_peak, peak_rss_kb


@dataclass(frozen=True, slots=True)
class Contest:
    """Milliseconds of each, the best of the same rounds, taken in turns.

    `peak_rss_kb` is what the program took while it computed them for the first time.
    """

    ms: float
    sql_ms: float
    duckdb_ms: float
    snapshot_ms: float
    figures: int
    peak_rss_kb: int

    @property
    def ratio(self) -> float:
        return self.ms / self.sql_ms

    @property
    def duckdb_ratio(self) -> float:
        return self.ms / self.duckdb_ms


def contest(period: Period, as_of: date, rounds: int) -> Contest:
    """Time all of them on the database as it is. What differs is an error, not a result."""
    floor = sql.figures(period, as_of)
    forget_peak()
    ours = compute(AGENCY, period, as_of, floor)
    peak = peak_rss_kb()
    _agree("SQL", ours, floor)
    with ducked() as duck:
        _agree("DuckDB", ours, duck.figures(period, as_of))
        moment, keys = Moment(period, as_of), [k for k in kept_keys() if k in floor]
        keep(AGENCY, [moment], timezone.now() + COMMITTED_BY * 2)
        ms, sql_ms, duckdb_ms, snapshot_ms = _best_of(
            rounds,
            lambda: compute(AGENCY, period, as_of, floor),
            lambda: sql.figures(period, as_of),
            lambda: duck.figures(period, as_of),
            lambda: kept(AGENCY, [moment], keys)[moment],
        )
    return Contest(ms, sql_ms, duckdb_ms, snapshot_ms, figures=len(floor), peak_rss_kb=peak)


def _best_of(rounds: int, *works: Callable[[], object]) -> list[float]:
    taken = [[_milliseconds(work) for work in works] for _ in range(rounds)]
    return [min(column) for column in zip(*taken, strict=True)]


def _agree(who: str, ours: dict[str, Measure], theirs: dict[str, Any]) -> None:
    if differences := disagreements(ours, theirs):
        raise AssertionError(f"{who} and the product disagree: {'; '.join(differences)}")


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
