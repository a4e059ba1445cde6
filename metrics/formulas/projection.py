"""How long a client will stay where no model may be used: what was seen, and an even tail."""

from metrics.formulas.estimate import Estimate, around
from metrics.formulas.lifetime import highest_likely_churn
from metrics.formulas.survival import Curve

HORIZON_MONTHS = 60


def projected_lifetime(
    curve: Curve, discount: float = 0.0, horizon: int = HORIZON_MONTHS
) -> Estimate | None:
    """Months a new client stays: the curve up to its last loss, then losses at the average pace.

    Cut off after five years, because beyond nothing supports it. When nobody has left yet it is a
    floor, from the highest churn that such luck still allows.

    Unit:    months; with a discount a month, in today's money.
    Unknown: nobody was ever at risk.
    Error:   that of the number of losses alone, so rough; none for a floor.
    Source:  docs/definitions.md, 9.
    """
    exposed = sum(row.at_risk for row in curve.months)
    if not exposed:
        return None
    last = max((row.month for row in curve.months if row.lost), default=-1)
    hazard = curve.lost / exposed if curve.lost else highest_likely_churn(exposed)
    months, survival = 0.0, 1.0
    for month in range(horizon):
        survival = curve.months[month].survival if month <= last else survival * (1 - hazard)
        months += survival / (1 + discount) ** month
    if not curve.lost:
        return Estimate(months, None, f"at least, within {horizon} months: nobody has left yet")
    label = f"seen up to month {last}, then {hazard:.1%} a month, cut off at {horizon} months"
    interval = around(months, (1 - hazard) / curve.lost)
    return Estimate(months, interval, label)
