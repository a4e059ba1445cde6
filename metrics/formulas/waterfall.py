"""Which part explains most of a change? Contributions that add up to the whole exactly."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from metrics.formulas.ratio import Quantity, Ratio


class Contribution(NamedTuple):
    part: Hashable
    change: Fraction

    @property
    def value(self) -> float:
        return float(self.change)


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From `before` to `after`, part by part; the parts' changes add up to the whole's exactly."""

    before: Fraction
    after: Fraction
    contributions: tuple[Contribution, ...]  # those that push most in the direction of the change

    @property
    def change(self) -> Fraction:
        return self.after - self.before

    @property
    def leader(self) -> Contribution | None:
        """The part that moved the whole most in the direction in which it moved."""
        first = self.contributions[0] if self.contributions else None
        return first if first and self.change and first.change * self.change > 0 else None

    @property
    def leader_share(self) -> float | None:
        """The leader's share of the change; above 1 when others worked against it.

        Unit:    share. Unknown: nothing changed. Error: none. Source: docs/definitions.md, 5.
        """
        return float(self.leader.change / self.change) if self.leader else None

    @property
    def explains_most(self) -> bool:
        """More than half of the change is the leader's."""
        return (self.leader_share or 0) > 0.5


def waterfall_of_sums(
    before: Mapping[Hashable, Quantity], after: Mapping[Hashable, Quantity]
) -> Waterfall:
    """How much each part adds to the change of a sum, such as MRR by pod.

    Unit:    that of the sum. Unknown: never; a part that is new or gone counts from or to 0.
    Error:   none: exact to the last cent.
    Source:  docs/definitions.md, 5.
    """
    changes = {
        part: Fraction(after.get(part, 0)) - Fraction(before.get(part, 0))
        for part in _parts(before, after)
    }
    return _waterfall(_sum(before.values()), _sum(after.values()), changes)


def waterfall_of_shares(
    before: Mapping[Hashable, Ratio], after: Mapping[Hashable, Ratio]
) -> Waterfall | None:
    """How much each part adds to the change of a share, such as retention by pod.

    A part adds by having changed itself (at its average size), and by having grown or shrunk where
    it is better or worse than the whole. Both together, exactly.

    Unit:    share, so -0.02 is two points down.
    Unknown: None when the share has no value before or after.
    Error:   none in the sum; how a change of size is shared out is a convention.
    Source:  docs/definitions.md, 5: Kitagawa (1955).
    """
    whole_before, whole_after = _whole(before), _whole(after)
    if not whole_before or not whole_after:
        return None
    start = sum((Fraction(one.part) for one in before.values()), Fraction(0)) / whole_before
    end = sum((Fraction(one.part) for one in after.values()), Fraction(0)) / whole_after
    middle = (start + end) / 2
    changes = {}
    for part in _parts(before, after):
        old, new = before.get(part, Ratio(0, 0)), after.get(part, Ratio(0, 0))
        size_before, size_after = (
            Fraction(old.whole) / whole_before,
            Fraction(new.whole) / whole_after,
        )
        rate_before, rate_after = _rates(old, new)
        own = (size_before + size_after) / 2 * (rate_after - rate_before)
        mix = (size_after - size_before) * ((rate_before + rate_after) / 2 - middle)
        changes[part] = own + mix
    return _waterfall(start, end, changes)


def _rates(old: Ratio, new: Ratio) -> tuple[Fraction, Fraction]:
    """A part that is new or gone has no rate of its own on one side: it is taken as unchanged."""
    before = Fraction(old.part) / Fraction(old.whole) if old.whole else None
    after = Fraction(new.part) / Fraction(new.whole) if new.whole else None
    if before is None:
        before = after
    if after is None:
        after = before
    return before or Fraction(0), after or Fraction(0)


def _waterfall(
    before: Fraction, after: Fraction, changes: Mapping[Hashable, Fraction]
) -> Waterfall:
    downwards = after < before
    ordered = sorted(changes.items(), key=lambda item: item[1], reverse=not downwards)
    return Waterfall(before, after, tuple(Contribution(part, change) for part, change in ordered))


def _parts(before: Mapping[Hashable, object], after: Mapping[Hashable, object]) -> list[Hashable]:
    return list(dict.fromkeys([*before, *after]))


def _sum(values: Iterable[Quantity]) -> Fraction:
    return sum((Fraction(value) for value in values), Fraction(0))


def _whole(ratios: Mapping[Hashable, Ratio]) -> Fraction:
    return sum((Fraction(Decimal(one.whole)) for one in ratios.values()), Fraction(0))
