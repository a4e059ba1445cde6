"""Two shares side by side: do they differ, by how much, and how many cases it takes to know."""

from math import ceil, sqrt
from statistics import NormalDist
from typing import NamedTuple

from metrics.formulas.chi_square import chi_square_p
from metrics.formulas.ratio import Interval

NORMAL = NormalDist()


class Arm(NamedTuple):
    """One version of a page: who saw it, and who did what we hoped for."""

    visitors: int
    conversions: int

    @property
    def rate(self) -> float:
        return self.conversions / self.visitors


class Difference(NamedTuple):
    """How much better the second share is than the first."""

    difference: float
    interval: Interval
    se: float  # unpooled: for intervals
    z: float  # pooled: for the test
    p: float


def difference(first: Arm, second: Arm, alpha: float = 0.05) -> Difference | None:
    """The second share less the first, with its interval, and the test that both are equal.

    Unit:    share, so 0.01 is one percentage point; the chance is two-sided.
    Unknown: nobody saw one of them, or nobody or everybody converted in both.
    Error:   the interval; good from about ten conversions and ten others in each.
    Source:  docs/definitions.md, 15: 200 and 250 of 5,000 differ by 1.0 point, z = 2.412.
    """
    n, m = first.visitors, second.visitors
    if not n or not m:
        return None
    p, q = first.rate, second.rate
    together = (first.conversions + second.conversions) / (n + m)
    pooled = sqrt(together * (1 - together) * (1 / n + 1 / m))
    if pooled == 0:
        return None
    se = sqrt(p * (1 - p) / n + q * (1 - q) / m)
    reach = NORMAL.inv_cdf(1 - alpha / 2) * se
    z = (q - p) / pooled
    return Difference(
        q - p, Interval(q - p - reach, q - p + reach), se, z, chi_square_p(z * z, df=1)
    )


def sample_size(base: float, hoped: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Visitors per arm that a test needs before anybody may judge it.

    Unit:    visitors per arm.
    Unknown: two equal shares can never be told apart.
    Error:   only as good as the guess of the base.
    Source:  docs/definitions.md, 15: from 4 % to 5 % takes 6,745.
    """
    if base == hoped or not (0 < base < 1 and 0 < hoped < 1):
        raise ValueError("A test needs two different shares between 0 and 1.")
    middle = (base + hoped) / 2
    both = sqrt(2 * middle * (1 - middle))
    apart = sqrt(base * (1 - base) + hoped * (1 - hoped))
    reach = NORMAL.inv_cdf(1 - alpha / 2) * both + NORMAL.inv_cdf(power) * apart
    return ceil((reach / (hoped - base)) ** 2)
