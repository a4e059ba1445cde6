"""What a client is worth over its lifetime: each form with its label and its interval."""

from dataclasses import dataclass

from metrics.dashboards.numbers import Facts
from metrics.dashboards.survival.estimate import Answer
from metrics.formulas.estimate import Average, Estimate, average
from metrics.formulas.lifetime import discounted_lifetime_margin
from metrics.formulas.lifetime_interval import lifetime_worth, simple_lifetime
from metrics.formulas.mrr import MissingRateError, worth

NO_MARGIN = "no gross margin is written down"


@dataclass(frozen=True, slots=True)
class Form:
    """`reason` is why there is no value; a link leads to the metric of the catalogue, if it is."""

    name: str
    told: Estimate | None
    reason: str = ""
    metric: str = ""


def fee_average(facts: Facts) -> Average | None:
    """Of the clients who pay a monthly fee on the day. Raises MissingRateError."""
    book, day = facts.book, facts.as_of
    paid = [float(worth(book.amounts(client, day), book.rates, day)) for client in facts.active]
    return average([amount for amount in paid if amount > 0])


def simple_forms(facts: Facts, discount: float) -> list[Form]:
    """1 over churn: in revenue, in margin, and in today's money. `discount` is a month's."""
    fee, reason = _fee(facts)
    months, life = simple_lifetime(facts.lifetime), facts.lifetime
    if not reason and months is None:
        reason = _no_loss(facts)
    if fee is None or months is None:
        return [
            Form("Revenue", None, reason, "ltv_revenue"),
            Form("Margin", None, reason, "ltv_margin"),
        ]
    forms = [Form("Revenue", lifetime_worth(fee, months), "", "ltv_revenue")]
    if facts.margin is None:
        return [*forms, Form("Margin", None, NO_MARGIN, "ltv_margin")]
    margin = float(facts.margin)
    forms.append(Form("Margin", lifetime_worth(fee, months, margin), "", "ltv_margin"))
    churn = life.monthly_churn or 0.0
    value = discounted_lifetime_margin(fee.mean * margin, churn, discount)
    label = f"margin of {margin:.1%}; 1 over churn, discounted at {discount:.1%} a month"
    return [*forms, Form("Margin in today's money", Estimate(value, None, label))]


def modelled_forms(facts: Facts, told: Answer) -> list[Form]:
    """By the months that the model (or what stands in for it) gives a new client."""
    fee, reason = _fee(facts)
    if fee is None or not told.months:
        return [Form("Revenue", None, reason or "nobody was ever at risk")]
    months = told.months[0].estimate
    forms = [Form("Revenue", lifetime_worth(fee, months))]
    if facts.margin is None:
        return [*forms, Form("Margin", None, NO_MARGIN)]
    return [*forms, Form("Margin", lifetime_worth(fee, months, float(facts.margin)))]


def _fee(facts: Facts) -> tuple[Average | None, str]:
    try:
        fee = fee_average(facts)
    except MissingRateError as missing:
        return None, str(missing)
    return fee, "" if fee else f"nobody pays a monthly fee on {facts.as_of}"


def _no_loss(facts: Facts) -> str:
    least = facts.lifetime.at_least_months
    if least is None:
        return f"no clients in the 6 closed months before {facts.as_of}"
    return f"nobody left in 6 months: the lifetime is at least {least:.1f} months (95 %)"
