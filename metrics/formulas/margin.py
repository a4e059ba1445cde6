"""What is left of a client's fee after the work and what only passes through our hands."""

from dataclasses import dataclass
from decimal import Decimal

from metrics.formulas.ratio import Ratio

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ClientMoney:
    """One client's or many clients' money of a period, in one currency.

    Ad spend that the client pays through us is no revenue: it belongs into neither figure.
    """

    revenue: Decimal = ZERO
    time_cost: Decimal | None = None  # hours worked times what an hour costs us
    pass_through: Decimal = ZERO  # bought for the client out of the revenue

    @property
    def left(self) -> Decimal | None:
        if self.time_cost is None:
            return None
        return self.revenue - self.time_cost - self.pass_through

    def __add__(self, other: "ClientMoney") -> "ClientMoney":
        costs = (self.time_cost, other.time_cost)
        known = [cost for cost in costs if cost is not None]
        return ClientMoney(
            self.revenue + other.revenue,
            sum(known, start=ZERO) if len(known) == len(costs) else None,
            self.pass_through + other.pass_through,
        )


def margin(money: ClientMoney) -> Ratio | None:
    """Share of the revenue left after direct work and pass-through.

    Unit:    share; below 0 when a client costs more than it pays.
    Unknown: None while the hours are not known; without revenue a ratio without value.
    Error:   as good as the hours that people note down.
    Source:  docs/definitions.md, 8.
    """
    return None if money.left is None else Ratio(money.left, money.revenue)
