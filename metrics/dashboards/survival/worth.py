"""What a client is worth over its lifetime: each form with its label and its interval."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from godview.templatetags.display import number, percent
from godview.translating.later import later
from metrics.dashboards.numbers import Facts
from metrics.dashboards.survival.estimate import Answer
from metrics.formulas.estimate import Average, Estimate, average
from metrics.formulas.lifetime import discounted_lifetime_margin
from metrics.formulas.lifetime_interval import lifetime_worth, simple_lifetime
from metrics.formulas.mrr import MissingRateError, worth

NO_MARGIN = later("no gross margin is written down")


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
            Form(_("Revenue"), None, reason, "ltv_revenue"),
            Form(_("Margin"), None, reason, "ltv_margin"),
        ]
    forms = [Form(_("Revenue"), lifetime_worth(fee, months), "", "ltv_revenue")]
    if facts.margin is None:
        return [*forms, Form(_("Margin"), None, NO_MARGIN, "ltv_margin")]
    margin = float(facts.margin)
    forms.append(Form(_("Margin"), lifetime_worth(fee, months, margin), "", "ltv_margin"))
    churn = life.monthly_churn or 0.0
    value = discounted_lifetime_margin(fee.mean * margin, churn, discount)
    label = _("margin of %(margin)s; 1 over churn, discounted at %(discount)s a month") % {
        "margin": percent(margin, 1),
        "discount": percent(discount, 1),
    }
    return [*forms, Form(_("Margin in today's money"), Estimate(value, None, label))]


def modelled_forms(facts: Facts, told: Answer) -> list[Form]:
    """By the months that the model (or what stands in for it) gives a new client."""
    fee, reason = _fee(facts)
    if fee is None or not told.months:
        return [Form(_("Revenue"), None, reason or _("nobody was ever at risk"))]
    months = told.months[0].estimate
    forms = [Form(_("Revenue"), lifetime_worth(fee, months))]
    if facts.margin is None:
        return [*forms, Form(_("Margin"), None, NO_MARGIN)]
    return [*forms, Form(_("Margin"), lifetime_worth(fee, months, float(facts.margin)))]


def _fee(facts: Facts) -> tuple[Average | None, str]:
    try:
        fee = fee_average(facts)
    except MissingRateError as missing:
        return None, str(missing)
    return fee, "" if fee else (
        _("nobody pays a monthly fee on %(facts_as_of)s") % {"facts_as_of": facts.as_of}
    )


def _no_loss(facts: Facts) -> str:
    least = facts.lifetime.at_least_months
    if least is None:
        return _("no clients in the 6 closed months before %(facts_as_of)s") % {
            "facts_as_of": facts.as_of
        }
    return _("nobody left in 6 months: the lifetime is at least %(least)s months (95 %%)") % {
        "least": number(least, 1)
    }
