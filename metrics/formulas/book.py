"""The book of business: who is served, on hold or gone on a day, and what they pay."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from godview.periods import Period, month_of
from metrics.formulas.movements import Standing
from metrics.formulas.mrr import ZERO, Amounts, Fee, Rates, worth
from metrics.formulas.pauses import Pause
from metrics.formulas.retention import Spell, Tenure

NO_AMOUNTS: Amounts = {}


@dataclass(frozen=True, slots=True)
class Book:
    """Every client's tenure, pauses and fees, as the dated facts tell them."""

    tenures: Mapping[Hashable, Tenure]
    fees: Mapping[Hashable, Sequence[Fee]]
    rates: Rates
    pauses: Mapping[Hashable, Sequence[Pause]] = field(default_factory=dict)

    def is_served(self, client: Hashable, day: date) -> bool:
        tenure = self.tenures.get(client)
        return tenure is not None and tenure.covers(day)

    def is_paused(self, client: Hashable, day: date) -> bool:
        """On hold, and still ours: a pause beyond the limit is no pause but a departure."""
        pauses = self.pauses.get(client)
        if not pauses or not any(pause.covers(day) for pause in pauses):
            return False
        return self.is_served(client, day)

    def amounts(self, client: Hashable, day: date) -> Amounts:
        """A client's contracted monthly fees on a day, by currency; on hold or gone, none."""
        fees = self.fees.get(client)
        if not fees or not self.is_served(client, day) or self.is_paused(client, day):
            return NO_AMOUNTS
        return _contracted(fees, day)

    def mrr(self, clients: Iterable[Hashable], day: date) -> "Revenue":
        """Contracted monthly recurring revenue of these clients on a day, and how many pay.

        Unit:    money a month in the reporting currency.
        Unknown: a currency without a rate raises MissingRateError.
        Error:   none.
        Source:  docs/definitions.md, 6.
        """
        paid = [worth(self.amounts(client, day), self.rates, day) for client in clients]
        return Revenue(sum(paid, start=ZERO), sum(amount > 0 for amount in paid))

    def paused_mrr(self, clients: Iterable[Hashable], day: date) -> "Revenue":
        """What the clients on hold would pay: shown, so that a pause cannot hide a loss."""
        held = [
            worth(_contracted(self.fees.get(client, ()), day), self.rates, day)
            for client in clients
            if self.is_paused(client, day)
        ]
        return Revenue(sum(held, start=ZERO), len(held))

    def earned(
        self, client: Hashable, period: Period, ours: Sequence[Spell] | None = None
    ) -> Decimal:
        """What a client's fees brought in over a period, by the day; nothing while on hold or gone.

        `ours` are the stretches in which it counts here; None: always.

        Unit:    money in the reporting currency; each month at its own last exchange rate.
        Unknown: a currency without a rate raises MissingRateError.
        Error:   a month's fee is spread evenly over its days.
        Source:  docs/definitions.md, 8.
        """
        fees, total = self.fees.get(client, ()), ZERO
        for piece in self._worked(client, period, ours or ()) if fees else ():
            if ours is not None and not any(spell.covers(piece.start) for spell in ours):
                continue
            month = month_of(piece.start)
            for fee in fees:
                brought = fee.earned_within(piece, month)
                if brought:
                    total += brought * self.rates.on(fee.currency, month.end)
        return total

    def _worked(self, client: Hashable, period: Period, ours: Sequence[Spell]) -> Iterator[Period]:
        """When in a period a client was served and not on hold, cut by months and by `ours`."""
        tenure = self.tenures.get(client)
        edges = {period.start, period.end}
        for spell in (*(tenure.spells if tenure else ()), *ours):
            edges |= {spell.start, spell.end or period.end}
        for pause in self.pauses.get(client, ()):
            edges |= {pause.start, pause.end or period.end}
        month = month_of(period.start).end
        while month < period.end:
            edges.add(month)
            month = month_of(month).end
        inside = sorted(edge for edge in edges if period.start <= edge <= period.end)
        for start, end in pairwise(inside):
            if self.is_served(client, start) and not self.is_paused(client, start):
                yield Period(start, end)

    def standing(
        self,
        client: Hashable,
        period: Period,
        came_from_elsewhere: bool = False,
        went_elsewhere: bool = False,
    ) -> Standing:
        """One client's fees at both ends of a period, at the period's one exchange rate."""
        before = self.amounts(client, period.start)
        after = self.amounts(client, period.end)
        start = worth(before, self.rates, period.start)
        end, worth_at_end = ZERO, ZERO
        for currency, amount in after.items():
            worth_at_end += amount * self.rates.on(currency, period.end)
            end += amount * self.rates.on(currency, self._day_of_rate(currency, period))
        return Standing(
            start=start,
            end=end,
            fx=worth_at_end - end,
            paid_before=start > 0 or self._paid_before(client, period.start),
            paused_at_start=self.is_paused(client, period.start),
            paused_at_end=self.is_paused(client, period.end),
            came_from_elsewhere=came_from_elsewhere,
            went_elsewhere=went_elsewhere,
        )

    def _day_of_rate(self, currency: str, period: Period) -> date:
        """The period's rate is that of its start; for a currency first seen later, of its end."""
        return period.start if self.rates.knows(currency, period.start) else period.end

    def _paid_before(self, client: Hashable, day: date) -> bool:
        tenure = self.tenures.get(client)
        spells = tenure.spells if tenure else ()
        return any(
            max(fee.start, spell.start) < min(fee.end or day, spell.end or day, day)
            for fee in self.fees.get(client, ())
            if not fee.is_variable and fee.monthly > 0
            for spell in spells
        )


@dataclass(frozen=True, slots=True)
class Revenue:
    """Money a month, and how many clients it comes from."""

    amount: Decimal
    clients: int


def _contracted(fees: Iterable[Fee], day: date) -> Amounts:
    """Recurring fees on a day, added up by currency; variable work is not among them."""
    found: dict[str, Decimal] = {}
    for fee in fees:
        if fee.covers(day) and not fee.is_variable:
            monthly = fee.monthly
            if monthly:
                found[fee.currency] = found.get(fee.currency, ZERO) + monthly
    return found
