"""What does it cost to keep a client, and how does that compare with winning one?"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from metrics.formulas.ratio import Ratio

ZERO = Decimal(0)


class CostKind(StrEnum):
    GIFTS = "gifts"
    EVENTS = "events"
    DISCOUNTS = "discounts"
    EXTRAS = "extras"  # bought for the client
    HOURS = "hours"  # payroll: hours times rate
    SALARIES = "salaries"  # the share of account managers' salaries
    FIXED = "fixed"  # tools, rooms: the share of fixed costs

    @property
    def is_operating(self) -> bool:
        """Spent because of these clients, and not anyway."""
        return self in OPERATING


OPERATING = (CostKind.GIFTS, CostKind.EVENTS, CostKind.DISCOUNTS, CostKind.EXTRAS)


@dataclass(frozen=True, slots=True)
class RetentionCost:
    """All in one currency."""

    operating: Decimal
    full: Decimal

    def operating_per_client(self, retained: int) -> Ratio:
        """Gifts, events, discounts and extras for each client kept.

        Unit:    money a client over the period; `retained` are those served at both ends.
        Unknown: nobody was kept.
        Error:   none but in the bookkeeping.
        Source:  docs/definitions.md, 20.
        """
        return Ratio(self.operating, retained)

    def full_per_client(self, retained: int) -> Ratio:
        """The same with hours, salaries and the share of fixed costs.

        Unit, Unknown, Source: as `operating_per_client`. Error: that of how salaries are shared.
        """
        return Ratio(self.full, retained)


def retention_cost(lines: Iterable[tuple[CostKind, Decimal]]) -> RetentionCost:
    """Add the lines up, both ways.

    Unit, Unknown, Error, Source: as `RetentionCost.operating_per_client`.
    """
    operating = full = ZERO
    for kind, amount in lines:
        full += amount
        if kind.is_operating:
            operating += amount
    return RetentionCost(operating, full)


def winning_against_keeping(won: Ratio, kept: Ratio) -> float | None:
    """How many times dearer a client won is than a client kept: our own figure, not a quoted one.

    Unit:    times; both are money a client.
    Unknown: nobody was won or kept, or keeping cost nothing.
    Error:   that of both.
    Source:  docs/definitions.md, 20.
    """
    if won.value is None or not kept.value:
        return None
    return won.value / kept.value
