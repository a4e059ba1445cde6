"""How long a client stays on average, and what that is worth. Simple forms, always labelled."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.formulas.ratio import Ratio

CLOSED_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Lifetime:
    """What the last closed months say about how long clients stay."""

    monthly_churn: float | None  # None when no month has clients
    lost: int
    client_months: int

    @property
    def months(self) -> float | None:
        return 1 / self.monthly_churn if self.monthly_churn else None

    @property
    def at_least_months(self) -> float | None:
        """Without a loss: the lifetime that such luck still allows, with 95 % confidence."""
        if self.lost or not self.client_months:
            return None
        return 1 / highest_likely_churn(self.client_months)


def lifetime(monthly_churn: Sequence[Ratio]) -> Lifetime:
    """Expected lifetime: 1 over the mean churn rate of the last closed months.

    Unit:    months.
    Unknown: no month with clients; and with no loss at all, neither 0 nor infinity but a floor
             (`at_least_months`).
    Error:   assumes that old and new clients leave alike; with few losses it swings widely.
    Source:  docs/definitions.md, 7 (mean of the previous six closed months).
    """
    known = [month.value for month in monthly_churn if month.value is not None]
    return Lifetime(
        monthly_churn=sum(known) / len(known) if known else None,
        lost=sum(int(month.part) for month in monthly_churn),
        client_months=sum(int(month.whole) for month in monthly_churn),
    )


def highest_likely_churn(client_months: int) -> float:
    """The monthly churn that 95 of 100 times would have shown a loss by now, given none was seen.

    Unit:    share a month.
    Unknown: never, for one client-month or more.
    Error:   exact; the rule of three (3 / n) is close to it.
    Source:  docs/definitions.md, 7: 40 client-months without a loss, at most 7.2 %.
    """
    return float(1 - 0.05 ** (1 / client_months))


def lifetime_revenue(arpa: float, monthly_churn: float) -> float:
    """Revenue lifetime value: the average fee over the monthly churn rate.

    Unit:    money a client.
    Unknown: needs a churn rate above 0.
    Error:   both errors multiply; never read it to the cent.
    Source:  docs/definitions.md, 7: 2,500 at 4 % is 62,500.
    """
    return arpa / monthly_churn


def lifetime_margin(arpa: float, margin: float, monthly_churn: float) -> float:
    """Margin lifetime value: what is left of it after direct work and pass-through.

    Unit:    money a client; below 0 when the margin is.
    Unknown: needs a margin and a churn rate above 0.
    Error:   as `lifetime_revenue`, and the margin's own.
    Source:  docs/definitions.md, 8: 2,500 at 40 % and 4 % is 25,000.
    """
    return arpa * margin / monthly_churn


def discounted_lifetime_margin(margin: float, monthly_churn: float, discount: float) -> float:
    """The same in today's money, when each month's margin is paid at its start.

    Unit:    money a client, from money a month and two shares a month.
    Unknown: needs churn or a discount above 0.
    Error:   as `lifetime_margin`.
    Source:  docs/definitions.md, 8: 1,000 at 4 % churn and 1 % discount is 20,200.
    """
    kept = 1 - monthly_churn
    return margin * (1 + discount) / (1 + discount - kept)
