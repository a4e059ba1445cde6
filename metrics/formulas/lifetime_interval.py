"""What a client is worth, give or take: lifetime values with their intervals and their labels."""

from metrics.formulas.estimate import Average, Estimate, around, relative_variance
from metrics.formulas.lifetime import Lifetime
from metrics.formulas.ratio import Interval
from metrics.formulas.sbg import Sbg, interval


def simple_lifetime(life: Lifetime) -> Estimate | None:
    """1 over churn with an interval from the number of losses: delta method on the log scale.

    The log scale, because errors of churn, fee and months multiply, and a lifetime is never below
    0; the delta method, because it is exact enough from a dozen losses and the same on each call.

    Unit:    months.
    Unknown: no loss: see `Lifetime.at_least_months`.
    Error:   assumes that old and new clients leave alike.
    Source:  docs/definitions.md, 7.
    """
    months = life.months
    if months is None or not life.lost:
        return None
    pooled = life.lost / life.client_months
    return Estimate(
        months, around(months, (1 - pooled) / life.lost), "1 over churn of the last closed months"
    )


def modelled_lifetime(model: Sbg, renewals: int, discount: float) -> Estimate:
    """Periods still to come by the sBG model, in today's money.

    Unit, Unknown, Error, Source: as `Sbg.residual_lifetime` and `sbg.interval`.
    """
    label = f"sBG model after {renewals} renewals, discounted at {discount:.1%} a period"
    value = model.residual_lifetime(renewals, discount)
    return Estimate(value, interval(model, renewals, discount), label)


def lifetime_worth(fee: Average, months: Estimate, margin: float | None = None) -> Estimate:
    """Lifetime value: the average fee times the months, in revenue or, with a margin, in profit.

    Unit:    money a client; below 0 when the margin is.
    Unknown: never; the interval is, when one of the errors is.
    Error:   fee and months, as if independent; the margin is taken as given.
    Source:  docs/definitions.md, 7 and 8.
    """
    share = 1.0 if margin is None else margin
    form = "revenue" if margin is None else f"margin of {margin:.1%}"
    value = fee.mean * months.value * share
    label = f"{form}; {months.label}"
    if months.interval is None or fee.se is None or fee.mean <= 0 or months.interval.low <= 0:
        return Estimate(value, None, label)
    spread = (fee.se / fee.mean) ** 2 + relative_variance(months.interval)
    ends = around(fee.mean * months.value, spread)
    low, high = sorted((ends.low * share, ends.high * share))
    return Estimate(value, Interval(low, high), label)
