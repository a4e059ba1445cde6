"""Recency, capacity, money: three digits that say how to work with a client."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from metrics.formulas.pace import Number
from metrics.formulas.spread import median

SMALL_BASE = 25  # below, fifths would hold a handful of clients each: then 0 or 1


class Wakefulness(StrEnum):
    ACTIVE = "active"
    BETWEEN = "transitional"
    SLEEPING = "sleeping"


@dataclass(frozen=True, slots=True)
class RcmClient:
    client: Hashable
    days_since_work: int | None  # since the last paid work, not since the last contact
    capacity: Number | None  # what we could do for them in a year
    money: Number | None  # what they pay


@dataclass(frozen=True, slots=True)
class RcmCode:
    """The digits R, C and M: 1 to 5 each, or 0 and 1 on a small base."""

    client: Hashable
    recency: int
    capacity: int
    money: int
    binary: bool

    @property
    def code(self) -> str:
        return f"{self.recency}{self.capacity}{self.money}"

    @property
    def wakefulness(self) -> Wakefulness:
        if self.binary:
            return Wakefulness.ACTIVE if self.recency else Wakefulness.SLEEPING
        if self.recency == 3:
            return Wakefulness.BETWEEN
        return Wakefulness.ACTIVE if self.recency > 3 else Wakefulness.SLEEPING

    @property
    def rule(self) -> str:
        """How to work with such a client, in one sentence."""
        high = 1 if self.binary else 4
        large, pays = self.capacity >= high, self.money >= high
        return RULES[self.wakefulness is Wakefulness.ACTIVE, large, pays]


# (active, large capacity, pays much) -> the rule to work by
RULES = {
    (True, True, True): "Best clients: keep them close and let them bring others.",
    (True, True, False): "Much room, little money: propose more, or perhaps drop.",
    (True, False, True): "They give what they can: keep the work good, do not push.",
    (True, False, False): "Small and served: keep the effort small, too.",
    (False, True, True): "Wake them up first: they paid much and still could.",
    (False, True, False): "Wake up: they could give much and never did.",
    (False, False, True): "Ask why they went quiet: they gave all they could.",
    (False, False, False): "Let them rest: write once in a while.",
}


@dataclass(frozen=True, slots=True)
class RcmTable:
    codes: tuple[RcmCode, ...]
    missing: tuple[tuple[Hashable, tuple[str, ...]], ...]  # clients without a code, and why
    binary: bool


def fifths(values: Sequence[Number], low_is_good: bool = False) -> list[int]:
    """Scores of 1 to 5 by rank; equal values share one rank, so they get the same score.

    Unit:    score.
    Unknown: never; if all are equal, all get 3.
    Error:   none; with few values the fifths are uneven.
    Source:  docs/definitions.md, 16.
    """
    ordered = sorted(values)
    first = {value: place for place, value in reversed(list(enumerate(ordered)))}
    last = {value: place + 1 for place, value in enumerate(ordered)}
    n = len(values)
    # Twice the middle rank, so that it stays a whole number and no rounding moves a border.
    middle = {value: first[value] + last[value] for value in first}
    if low_is_good:
        middle = {value: 2 * n - twice for value, twice in middle.items()}
    return [min(5, 5 * middle[value] // (2 * n) + 1) for value in values]


def halves(
    values: Sequence[Number], threshold: Number | None = None, low_is_good: bool = False
) -> list[int]:
    """1 for the upper half (or from the threshold on), 0 for the rest; on the border it is 1.

    Unit, Unknown, Error, Source: as `fifths`.
    """
    cut = threshold if threshold is not None else median([float(value) for value in values])
    if cut is None:
        return []
    return [int(value <= cut if low_is_good else value >= cut) for value in values]


def rcm(
    clients: Iterable[RcmClient],
    recency: Number | None = None,
    capacity: Number | None = None,
    money: Number | None = None,
) -> RcmTable:
    """Each client's code. Under 25 clients the three thresholds, or the medians, cut in two.

    Unit:    three digits.
    Unknown: a part is missing: the client has no code and is listed with what is missing.
    Error:   it ranks clients against each other, so another base gives other codes.
    Source:  docs/definitions.md, 16.
    """
    known: list[RcmClient] = []
    missing: list[tuple[Hashable, tuple[str, ...]]] = []
    for client in clients:
        lacks = _lacks(client)
        if lacks:
            missing.append((client.client, lacks))
        else:
            known.append(client)
    days = [client.days_since_work or 0 for client in known]
    sizes = [client.capacity or 0 for client in known]
    fees = [client.money or 0 for client in known]
    binary = len(known) < SMALL_BASE
    if binary:
        digits = zip(
            halves(days, recency, low_is_good=True),
            halves(sizes, capacity),
            halves(fees, money),
            strict=True,
        )
    else:
        digits = zip(fifths(days, low_is_good=True), fifths(sizes), fifths(fees), strict=True)
    codes = tuple(
        RcmCode(client.client, r, c, m, binary)
        for client, (r, c, m) in zip(known, digits, strict=True)
    )
    return RcmTable(codes, tuple(missing), binary)


def _lacks(client: RcmClient) -> tuple[str, ...]:
    parts = {
        "last paid work": client.days_since_work,
        "capacity": client.capacity,
        "money": client.money,
    }
    return tuple(name for name, value in parts.items() if value is None)
