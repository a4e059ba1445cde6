from metrics.catalogue import Unit
from metrics.dashboards.numbers.facts import Facts
from metrics.formulas.measure import Measure, of_ratio
from metrics.formulas.promises import (
    attempted_change_rate,
    postponement_days_mean,
    postponement_rate,
)


def postponed_share(facts: Facts) -> Measure:
    return of_ratio(postponement_rate(facts.promises), Unit.SHARE, _nothing_due(facts))


def postponed_days(facts: Facts) -> Measure:
    reason = f"nothing that was due in {facts.period} was postponed"
    return of_ratio(postponement_days_mean(facts.promises), Unit.DAYS, reason)


def attempted_share(facts: Facts) -> Measure:
    return of_ratio(attempted_change_rate(facts.promises), Unit.SHARE, _nothing_due(facts))


def _nothing_due(facts: Facts) -> str:
    return f"nothing was promised for {facts.period}"


NUMBERS = {
    "postponement_rate": postponed_share,
    "postponement_days_mean": postponed_days,
    "attempted_change_rate": attempted_share,
}
