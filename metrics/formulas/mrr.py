"""Monthly recurring revenue, by finance model and in one currency."""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from godview.periods import Period

ZERO, ONE = Decimal(0), Decimal(1)
VARIABLE = "time_and_materials"
MONTHS_IN: dict[str, Decimal] = {
    "month": Decimal(1),
    "quarter": Decimal(3),
    "half_year": Decimal(6),
    "year": Decimal(12),
}


@dataclass(frozen=True, slots=True)
class Fee:
    """What a client pays for a service, from `start` up to, and without, `end`."""

    client: Hashable
    start: date
    end: date | None
    amount: Decimal
    currency: str
    per: str  # month, quarter, half_year, year, week or once
    finance_model: str  # retainer, fixed_price, out_staff or time_and_materials

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    @property
    def is_variable(self) -> bool:
        return self.finance_model == VARIABLE

    @property
    def monthly(self) -> Decimal:
        """What it comes to in a month: a year's fee over 12, a week's times 52 over 12, once 0.

        Unit:    money a month, in the fee's own currency; the whole rate from the first day.
        Unknown: never.
        Error:   none; a week's 100 is 433.33, not four times 100.
        Source:  docs/definitions.md, 6.
        """
        if self.per == "once":
            return ZERO
        if self.per == "week":
            return self.amount * 52 / 12
        return self.amount / MONTHS_IN[self.per]

    def earned_in(self, month: Period) -> Decimal:
        """What it brings in one calendar month: by the day, and a single sum when it is due."""
        return self.earned_within(month, month)

    def earned_within(self, piece: Period, month: Period) -> Decimal:
        """The same for a piece of the month."""
        if self.per == "once":
            return self.amount if self.start in piece else ZERO
        last = piece.end if self.end is None else min(self.end, piece.end)
        days = (last - max(self.start, piece.start)).days
        return self.monthly * days / month.days if days > 0 else ZERO


class MissingRateError(LookupError):
    """No exchange rate is known for a currency on a day."""

    def __init__(self, currency: str, day: date) -> None:
        super().__init__(f"no exchange rate for {currency} on {day}")


@dataclass(frozen=True, slots=True)
class Rates:
    """What one unit of each currency is worth in the reporting currency, from a day on."""

    reporting: str
    dated: Mapping[str, Sequence[tuple[date, Decimal]]] = field(default_factory=dict)

    def on(self, currency: str, day: date) -> Decimal:
        """The newest rate that holds on a day. Raises MissingRateError where there is none."""
        if currency == self.reporting:
            return ONE
        known = self.dated.get(currency, ())
        place = bisect_right(known, day, key=lambda dated: dated[0])
        if place == 0:
            raise MissingRateError(currency, day)
        return known[place - 1][1]

    def knows(self, currency: str, day: date) -> bool:
        known = self.dated.get(currency)
        return currency == self.reporting or bool(known and known[0][0] <= day)


Amounts = Mapping[str, Decimal]  # by currency


def worth(amounts: Amounts, rates: Rates, day: date) -> Decimal:
    """Amounts in several currencies as one sum in the reporting currency, at a day's rates.

    Unit:    money in the reporting currency.
    Unknown: a currency without a rate raises MissingRateError; it is never left out of the sum.
    Error:   none beyond the rate's own.
    Source:  docs/definitions.md, 6.
    """
    return sum((amount * rates.on(code, day) for code, amount in amounts.items()), start=ZERO)


def variable_monthly(fees: Iterable[Fee], months: Sequence[Period], rates: Rates) -> Decimal:
    """Time and materials: the average of the last full months, each valued at its own last rate.

    Unit:    money a month in the reporting currency; apart from contracted MRR.
    Unknown: a currency without a rate raises MissingRateError.
    Error:   swings with the work done; three months smooth it.
    Source:  docs/definitions.md, 6.
    """
    total = ZERO
    for fee in fees:
        if fee.is_variable:
            for month in months:
                earned = fee.earned_in(month)
                if earned:
                    total += earned * rates.on(fee.currency, month.end)
    return total / len(months)
