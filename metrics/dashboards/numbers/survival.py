from metrics.catalogue import Unit
from metrics.dashboards.lives import FEWEST_AT_RISK
from metrics.dashboards.numbers.facts import Facts
from metrics.formulas.measure import Measure, unknown
from metrics.formulas.ratio import SMALL_BASE
from metrics.formulas.survival import restricted_mean

A_YEAR, HORIZON = 12, 36
NOBODY = "no client was ever at risk"


def survival_12_months(facts: Facts) -> Measure:
    row = facts.curve.at(A_YEAR)
    if row is None:
        return _unknown(facts, Unit.SHARE, "nobody has been seen for 12 months")
    return _measure(facts, row.survival, Unit.SHARE, row.at_risk)


def median_lifetime(facts: Facts) -> Measure:
    median = facts.curve.median
    if median is None:
        return _unknown(facts, Unit.MONTHS, "not reached: more than half are still here")
    return _measure(facts, float(median), Unit.MONTHS, facts.curve.lost)


def restricted_mean_lifetime(facts: Facts) -> Measure:
    mean = restricted_mean(facts.curve, HORIZON)
    if mean is None:
        return _unknown(facts, Unit.MONTHS, f"nobody has been seen for {HORIZON} months")
    return _measure(facts, mean.months, Unit.MONTHS, facts.curve.clients)


def dbtr_worst_month(facts: Facts) -> Measure:
    worst = facts.worst_month
    if worst is None:
        return _unknown(facts, Unit.SHARE, f"no month that {FEWEST_AT_RISK} clients have reached")
    if not worst.lost:
        return _unknown(facts, Unit.SHARE, "nobody has left yet")
    return _measure(facts, worst.dbtr, Unit.SHARE, worst.at_risk)


def _measure(facts: Facts, value: float, unit: str, base: int) -> Measure:
    """With the stretches that ended, and all of them."""
    curve = facts.curve
    return Measure(value, unit, curve.lost, curve.clients - curve.unseen, None, base < SMALL_BASE)


def _unknown(facts: Facts, unit: str, reason: str) -> Measure:
    curve = facts.curve
    seen = curve.clients - curve.unseen
    return unknown(unit, reason if seen else NOBODY, curve.lost, seen)


NUMBERS = {
    "survival_12_months": survival_12_months,
    "median_lifetime": median_lifetime,
    "restricted_mean_lifetime": restricted_mean_lifetime,
    "dbtr_worst_month": dbtr_worst_month,
}
