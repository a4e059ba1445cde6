"""The rate you lose competes with the rate you add: where growth stops."""

from metrics.formulas.ratio import Ratio
from metrics.formulas.retention import Headcount


def revolving_door_ratio(count: Headcount) -> Ratio:
    """Clients lost for each client won or returned. At 1 or more the agency does not grow.

    Unit:    clients lost for each one added.
    Unknown: nobody added.
    Error:   with so few cases, read the counts.
    Source:  docs/definitions.md, 5.
    """
    return Ratio(count.lost, count.gained + count.returned)


def growth_ceiling(adds_a_month: float, monthly_churn: float) -> float | None:
    """The number of clients at which as many leave as come, so that growth stops.

    Unit:    clients.
    Unknown: no churn, no ceiling.
    Error:   moves as fast as the churn rate under it does.
    Source:  docs/definitions.md, 5: 8 adds a month at 8 % is 100 clients.
    """
    return adds_a_month / monthly_churn if monthly_churn > 0 else None
