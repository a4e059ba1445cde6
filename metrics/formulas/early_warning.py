"""How likely is it that this client leaves, and which facts say so? From 0, calm, to 100."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

ALARM = 70.0  # an override lifts the score at least to here
WEIGHTS = {
    "inactivity": 25.0,
    "light": 20.0,
    "goals": 20.0,
    "client breach": 10.0,
    "nps": 10.0,
    "activity": 10.0,
    "payment": 5.0,
}


class WarningPart(NamedTuple):
    """One sign: how much it weighs, how bad it is (0 to 1), and the fact behind it."""

    name: str
    weight: float
    risk: float | None  # None: not known, which is neither good nor bad
    reason: str = ""


class Override(StrEnum):
    """What speaks for itself, whatever the other signs say."""

    TWO_REDS = "two reds in a row"
    NOTICE_GIVEN = "notice was given"
    SPONSOR_LEFT = "the sponsor has left"


class PartShare(NamedTuple):
    """What a part adds to the score; all of them together are the weighed score."""

    part: WarningPart
    points: float


@dataclass(frozen=True, slots=True)
class WarningScore:
    value: float | None
    weighed: float | None  # before any override
    shares: tuple[PartShare, ...]  # the known parts, those that add most first
    missing: tuple[WarningPart, ...]
    overrides: tuple[Override, ...]
    known_weight: float  # share of all weights that is known, from 0 to 1

    @property
    def reasons(self) -> list[str]:
        """Why the score is what it is: overrides first, then what adds most."""
        parts = [share.part.reason for share in self.shares if share.points > 0]
        return [*self.overrides, *(reason for reason in parts if reason)]


def early_warning(parts: Iterable[WarningPart], overrides: Sequence[Override] = ()) -> WarningScore:
    """Weighed mean of the known risks, at least 70 when something speaks for itself.

    Unit:    0 (calm) to 100.
    Unknown: no part is known and nothing overrides.
    Error:   the weights are a judgement: the judge of the score says each month what it was worth.
    Source:  docs/definitions.md, 27.
    """
    everything = list(parts)
    for part in everything:
        if part.weight < 0 or (part.risk is not None and not 0 <= part.risk <= 1):
            raise ValueError(f"{part.name}: a weight is not below 0, and a risk is from 0 to 1.")
    known = [(part, part.risk) for part in everything if part.risk is not None]
    weight = sum(part.weight for part, _ in known)
    whole = sum(part.weight for part in everything)
    shares = [PartShare(part, 100 * part.weight * risk / weight) for part, risk in known if weight]
    weighed = sum(share.points for share in shares) if weight else None
    value = max(weighed or 0.0, ALARM) if overrides else weighed
    return WarningScore(
        value,
        weighed,
        tuple(sorted(shares, key=lambda share: -share.points)),
        tuple(part for part in everything if part.risk is None),
        tuple(overrides),
        weight / whole if whole else 0.0,
    )


def ramp(value: float | None, calm: float, worst: float) -> float | None:
    """A risk from 0 at `calm` to 1 at `worst`, in proportion between; either may be the larger.

    Unit:    share in [0, 1].
    Unknown: the value is unknown.
    Error:   none; a straight line is a choice.
    Source:  docs/definitions.md, 27.
    """
    if calm == worst:
        raise ValueError("Calm and worst must differ.")
    if value is None:
        return None
    return min(1.0, max(0.0, (value - calm) / (worst - calm)))
