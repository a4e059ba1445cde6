from decimal import Decimal

from metrics.catalogue import Unit
from metrics.dashboards.numbers.facts import Facts
from metrics.dashboards.numbers.revenue import money
from metrics.formulas.lifetime import lifetime_margin, lifetime_revenue
from metrics.formulas.measure import Measure, unknown
from metrics.formulas.ratio import SMALL_BASE


def monthly_churn_rate(facts: Facts) -> Measure:
    known = facts.lifetime
    if known.monthly_churn is None:
        return unknown(Unit.SHARE, _no_lifetime(facts))
    return _measure(facts, known.monthly_churn, Unit.SHARE)


def lifetime_months(facts: Facts) -> Measure:
    months = facts.lifetime.months
    if months is None:
        return unknown(
            Unit.MONTHS, _no_lifetime(facts), facts.lifetime.lost, facts.lifetime.client_months
        )
    return _measure(facts, months, Unit.MONTHS)


def lifetime_months_at_least(facts: Facts) -> Measure:
    known = facts.lifetime
    if known.at_least_months is None:
        losses = f"{known.lost} left: the lifetime itself is known"
        return unknown(Unit.MONTHS, losses if known.lost else _no_lifetime(facts))
    return _measure(facts, known.at_least_months, Unit.MONTHS)


@money()
def ltv_revenue(facts: Facts) -> Measure:
    reason = _nobody_pays(facts) or _no_lifetime(facts)
    if reason:
        return unknown(facts.currency, reason)
    return _measure(facts, Decimal(lifetime_revenue(*_fee_and_churn(facts))), facts.currency)


@money()
def ltv_margin(facts: Facts) -> Measure:
    reason = _nobody_pays(facts) or _no_lifetime(facts)
    if reason:
        return unknown(facts.currency, reason)
    if facts.margin is None:
        return unknown(facts.currency, f"no gross margin is written down for {facts.as_of}")
    fee, churn = _fee_and_churn(facts)
    value = Decimal(lifetime_margin(fee, float(facts.margin), churn))
    return _measure(facts, value, facts.currency)


def _measure(facts: Facts, value: float | Decimal, unit: str) -> Measure:
    """With the losses and the client-months that the lifetime rests on."""
    known = facts.lifetime
    return Measure(
        value=value,
        unit=unit,
        part=known.lost,
        whole=known.client_months,
        small_base=known.client_months < SMALL_BASE,
    )


def _fee_and_churn(facts: Facts) -> tuple[float, float]:
    """Both known: asked for only after the reasons have been ruled out."""
    return float(facts.mrr.amount / facts.mrr.clients), facts.lifetime.monthly_churn or 0.0


def _nobody_pays(facts: Facts) -> str | None:
    return None if facts.mrr.clients else f"nobody pays a monthly fee on {facts.as_of}"


def _no_lifetime(facts: Facts) -> str:
    """Why there is no lifetime, or an empty text when there is one."""
    known = facts.lifetime
    if known.monthly_churn is None:
        return f"no clients in the 6 closed months before {facts.as_of}"
    if known.at_least_months is not None:
        return f"nobody left in 6 months: at least {known.at_least_months:.1f} months (95 %)"
    return ""


NUMBERS = {
    "monthly_churn_rate": monthly_churn_rate,
    "lifetime_months": lifetime_months,
    "lifetime_months_at_least": lifetime_months_at_least,
    "ltv_revenue": ltv_revenue,
    "ltv_margin": ltv_margin,
}
