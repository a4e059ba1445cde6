"""Where the truth behind an estimated number probably lies."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from godview.templatetags.display import money, percent, rounded
from metrics.dashboards.numbers import Facts
from metrics.dashboards.numbers.survival import A_YEAR, HORIZON
from metrics.dashboards.survival.worth import fee_average
from metrics.dashboards.why.words import likely_range
from metrics.formulas.lifetime_interval import lifetime_worth, simple_lifetime
from metrics.formulas.measure import Measure
from metrics.formulas.ratio import Interval
from metrics.formulas.survival import restricted_mean


def likely(key: str, facts: Facts, measure: Measure) -> str:
    """Empty where nothing honest can be said, or the number is counted and not estimated."""
    if measure.value is None:
        return ""
    return LIKELY[key](facts) if key in LIKELY else likely_range(measure)


def _survival(facts: Facts) -> str:
    row = facts.curve.at(A_YEAR)
    if row is None or row.low is None or row.high is None:
        return ""
    return _("%(row_low)s to %(row_high)s") % {
        "row_low": percent(row.low),
        "row_high": percent(row.high),
    }


def _mean(facts: Facts) -> str:
    mean = restricted_mean(facts.curve, HORIZON)
    return _months(mean.interval) if mean else ""


def _lifetime(facts: Facts) -> str:
    months = simple_lifetime(facts.lifetime)
    return _months(months.interval) if months and months.interval else ""


def _worth(in_margin: bool) -> Callable[[Facts], str]:
    def told(facts: Facts) -> str:
        months, fee = simple_lifetime(facts.lifetime), fee_average(facts)
        margin = float(facts.margin) if in_margin and facts.margin is not None else None
        found = lifetime_worth(fee, months, margin).interval if months and fee else None
        return (
            (
                _("%(found_low)s to %(found_high)s")
                % {"found_low": money(found.low), "found_high": money(found.high)}
            )
            if found
            else ""
        )

    return told


def _months(interval: Interval) -> str:
    return _("%(interval_low)s to %(interval_high)s months") % {
        "interval_low": rounded(interval.low, 1),
        "interval_high": rounded(interval.high, 1),
    }


def _nothing(facts: Facts) -> str:
    return ""


LIKELY: dict[str, Callable[[Facts], str]] = {
    "survival_12_months": _survival,
    "dbtr_worst_month": _nothing,  # the largest of many: an interval for one of them would lie
    "restricted_mean_lifetime": _mean,
    "lifetime_months": _lifetime,
    "ltv_revenue": _worth(in_margin=False),
    "ltv_margin": _worth(in_margin=True),
}
