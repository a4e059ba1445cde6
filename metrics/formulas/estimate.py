"""A number that is not counted but estimated: with its error and with the way it was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import fmean, stdev

from metrics.formulas.ratio import Z_95, Interval


@dataclass(frozen=True, slots=True)
class Estimate:
    """Never shown without its label, which says how it was made and where it ends."""

    value: float
    interval: Interval | None  # 95 %; None when nothing honest can be said
    label: str


@dataclass(frozen=True, slots=True)
class Average:
    """A mean with its standard error; one value alone has none."""

    mean: float
    se: float | None
    cases: int


def average(values: Sequence[float]) -> Average | None:
    """The mean, and how far it would move with other clients.

    Unit:    that of the values.
    Unknown: no values; with one value the error is unknown.
    Error:   `se`, the sample's standard deviation over the root of the cases.
    Source:  docs/definitions.md, 7.
    """
    if not values:
        return None
    cases = len(values)
    return Average(fmean(values), stdev(values) / sqrt(cases) if cases > 1 else None, cases)


def around(value: float, relative_variance: float, z: float = Z_95) -> Interval:
    """From value over k to value times k: errors of a product add up on the log scale."""
    reach = exp(z * sqrt(relative_variance))
    return Interval(value / reach, value * reach)


def relative_variance(interval: Interval, z: float = Z_95) -> float:
    """The other way round: what an interval on the log scale was made of."""
    return float(((log(interval.high) - log(interval.low)) / (2 * z)) ** 2)
