"""A share that never forgets its counts."""

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

Quantity = int | Decimal

SMALL_BASE = 20
Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Ratio:
    """`part` of `whole`: 18 of 20 clients, or 1,000 of 20,000 EUR.

    Unit:    share, 0.9 for 18 of 20; below 0 or above 1 only where a definition says so.
    Unknown: without a positive whole there is no value; never 0 and never 1.
    Error:   for counts, see `wilson`.
    Source:  docs/definitions.md, general rules.
    """

    part: Quantity
    whole: Quantity

    @property
    def value(self) -> float | None:
        if self.whole <= 0:
            return None
        return float(Decimal(self.part) / Decimal(self.whole))

    @property
    def rest(self) -> "Ratio":
        """What is missing to the whole: of 18 of 20 kept, 2 of 20 lost."""
        return Ratio(self.whole - self.part, self.whole)

    @property
    def small_base(self) -> bool:
        """Fewer than 20 cases: one more or less changes the share by over five points."""
        return self.whole < SMALL_BASE


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


def wilson(ratio: Ratio, z: float = Z_95) -> Interval | None:
    """Where the true share probably lies, given so few cases: Wilson's score interval.

    Unit:    share; 95 % unless another z is given.
    Unknown: no cases, no interval.
    Error:   it is the error; for 7 of 10 it runs from 0.397 to 0.892.
    Source:  docs/definitions.md, general rules and 14; statsmodels `proportion_confint`.
    """
    n, share = int(ratio.whole), ratio.value
    if share is None:
        return None
    if not 0 <= share <= 1:
        raise ValueError(f"{ratio.part} of {ratio.whole} is not a share of counted cases.")
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    middle = share + z * z / (2 * n)
    scale = 1 + z * z / n
    return Interval(max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))
