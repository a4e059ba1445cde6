"""A test that may be looked at every day: intervals that hold at all looks together."""

from math import exp, log, sqrt

from metrics.formulas.proportions import Difference
from metrics.formulas.ratio import Interval

TUNED_FOR = (
    5000  # visitors of both arms at which the interval is narrowest, by GrowthBook's default
)


def _rho_squared(alpha: float, tuned_for: int) -> float:
    return (-2 * log(alpha) + log(-2 * log(alpha) + 1)) / tuned_for


def always_valid(
    found: Difference, visitors: int, alpha: float = 0.05, tuned_for: int = TUNED_FOR
) -> Interval:
    """Where the true difference lies, however often anybody has looked before.

    Unit:    share; `visitors` are those of both arms.
    Unknown: never, once both arms have visitors and conversions.
    Error:   it is the error, and wider than a fixed test's: that is the price of looking.
    Source:  docs/definitions.md, 15 (GrowthBook, sequential testing): 200 and 250 of 5,000 is
             1.0 point give or take 1.27.
    """
    n, rho2 = visitors, _rho_squared(alpha, tuned_for)
    grown = n * rho2 + 1
    reach = found.se * sqrt(n) * sqrt(2 * grown / (n * n * rho2) * log(sqrt(grown) / alpha))
    return Interval(found.difference - reach, found.difference + reach)


def always_valid_p(
    found: Difference, visitors: int, alpha: float = 0.05, tuned_for: int = TUNED_FOR
) -> float:
    """The smallest error rate at which `always_valid` would exclude 0, the tuning held fixed.

    Unit:    probability.
    Unknown: never. Without any spread (nobody converted) it is 1.
    Error:   holds at all looks together.
    Source:  docs/definitions.md, 15: the same formula, solved for alpha.
    """
    if found.se == 0:
        return 1.0
    grown = visitors * _rho_squared(alpha, tuned_for) + 1
    score = (found.difference / found.se) ** 2
    return float(min(1.0, sqrt(grown) * exp(-score * (grown - 1) / (2 * grown))))
