from metrics.catalogue import Unit
from metrics.dashboards.numbers.facts import Facts
from metrics.formulas.measure import Measure, of_count, of_ratio, unknown
from metrics.formulas.retention import (
    annual_rate,
    logo_churn_rate,
    monthly_rate,
    retention_rate,
    seed_retention_rate,
    stripe_churn_rate,
)
from metrics.formulas.revolving_door import growth_ceiling, revolving_door_ratio


def client_retention_rate(facts: Facts) -> Measure:
    return of_ratio(retention_rate(facts.headcount), Unit.SHARE, _nobody(facts))


def client_retention_rate_seed(facts: Facts) -> Measure:
    return of_ratio(seed_retention_rate(facts.headcount), Unit.SHARE, _nobody(facts))


def churn(facts: Facts) -> Measure:
    return of_ratio(logo_churn_rate(facts.headcount), Unit.SHARE, _nobody(facts))


def churn_stripe(facts: Facts) -> Measure:
    return of_ratio(stripe_churn_rate(facts.headcount), Unit.SHARE, _nobody(facts))


def churn_annualised(facts: Facts) -> Measure:
    ratio = logo_churn_rate(facts.headcount)
    if ratio.value is None:
        return unknown(Unit.SHARE, _nobody(facts))
    return Measure(
        value=annual_rate(monthly_rate(ratio.value, facts.period.months)),
        unit=Unit.SHARE,
        part=ratio.part,
        whole=ratio.whole,
        small_base=ratio.small_base,
    )


def clients_active(facts: Facts) -> Measure:
    return of_count(len(facts.active), Unit.CLIENTS)


def clients_paused(facts: Facts) -> Measure:
    return of_count(len(facts.paused), Unit.CLIENTS, whole=len(facts.active))


def clients_gained(facts: Facts) -> Measure:
    return of_count(facts.headcount.gained, Unit.CLIENTS)


def clients_returned(facts: Facts) -> Measure:
    return of_count(facts.headcount.returned, Unit.CLIENTS)


def clients_lost(facts: Facts) -> Measure:
    return of_count(facts.headcount.lost, Unit.CLIENTS)


def revolving_door(facts: Facts) -> Measure:
    reason = f"nobody was won or came back in {facts.period}"
    return of_ratio(revolving_door_ratio(facts.headcount), Unit.TIMES, reason)


def ceiling(facts: Facts) -> Measure:
    """At the pace of the period: adds a month over churn a month."""
    count, lost = facts.headcount, logo_churn_rate(facts.headcount)
    if lost.value is None:
        return unknown(Unit.CLIENTS, _nobody(facts))
    adds = (count.gained + count.returned) / facts.period.months
    value = growth_ceiling(adds, monthly_rate(lost.value, facts.period.months))
    if value is None:
        return unknown(Unit.CLIENTS, f"no ceiling: no client was lost in {facts.period}")
    return Measure(
        value=value,
        unit=Unit.CLIENTS,
        part=count.gained + count.returned,
        whole=lost.part,
        small_base=lost.small_base,
    )


def _nobody(facts: Facts) -> str:
    return f"no clients on {facts.period.start}"


NUMBERS = {
    "client_retention_rate": client_retention_rate,
    "client_retention_rate_seed": client_retention_rate_seed,
    "logo_churn_rate": churn,
    "logo_churn_rate_stripe": churn_stripe,
    "logo_churn_rate_annualised": churn_annualised,
    "clients_active": clients_active,
    "clients_paused": clients_paused,
    "clients_gained": clients_gained,
    "clients_returned": clients_returned,
    "clients_lost": clients_lost,
    "revolving_door_ratio": revolving_door,
    "growth_ceiling": ceiling,
}
