"""The rate you lose competes with the rate you add: where growth stops."""

from math import log

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


def towards_ceiling(
    clients: float, adds_a_month: float, monthly_churn: float, months: int
) -> list[float]:
    """How many clients there will be after each coming month, if nothing changes.

    Unit:    clients, expected; the first is today's.
    Unknown: never.
    Error:   assumes the same adds and the same churn each month; a picture, not a plan.
    Source:  docs/definitions.md, 5: 60 with 8 adds at 8 % are 63.2 after a month.
    """
    course = [clients]
    for _ in range(months):
        course.append(course[-1] * (1 - monthly_churn) + adds_a_month)
    return course


def months_half_way(monthly_churn: float) -> float | None:
    """In how many months half of the way to the ceiling is done, from wherever one starts.

    Unit:    months.
    Unknown: no churn, no ceiling; all gone each month, no way.
    Error:   as `towards_ceiling`.
    Source:  docs/definitions.md, 5: 8.3 months at 8 %.
    """
    return log(0.5) / log(1 - monthly_churn) if 0 < monthly_churn < 1 else None
