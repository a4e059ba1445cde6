"""Which of those who refused us are worth another try, and in which order?"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

FULL_MARKS = range(1, 6)
BLUNDER = 1  # how close the pitch came: a critical blunder


@dataclass(frozen=True, slots=True)
class RefusedProspect:
    """Each part from 1 to 5: how attractive the brand is, how large, how close the pitch came."""

    prospect: Hashable
    brand: int | None
    capacity: int | None
    pitch: int | None
    refused_on: date | None = None

    def __post_init__(self) -> None:
        for part in (self.brand, self.capacity, self.pitch):
            if part is not None and part not in FULL_MARKS:
                raise ValueError(f"Each part is a whole number from 1 to 5, not {part}.")

    @property
    def missing(self) -> tuple[str, ...]:
        parts = {"brand": self.brand, "capacity": self.capacity, "pitch": self.pitch}
        return tuple(name for name, part in parts.items() if part is None)

    @property
    def score(self) -> int | None:
        """Sum of the three parts.

        Unit:    3 to 15. Unknown: a part is missing. Error: a judgement of people.
        Source:  docs/definitions.md, 21.
        """
        if self.brand is None or self.capacity is None or self.pitch is None:
            return None
        return self.brand + self.capacity + self.pitch

    @property
    def blundered(self) -> bool:
        """Our own mistake lost it: apologise before asking again."""
        return self.pitch == BLUNDER


@dataclass(frozen=True, slots=True)
class RenewList:
    ranked: tuple[RefusedProspect, ...]
    unranked: tuple[RefusedProspect, ...]  # a part is missing


def renew_list(prospects: Iterable[RefusedProspect]) -> RenewList:
    """Best first; of equal ones the larger, and then the one who refused last.

    Unit, Unknown, Error, Source: as `RefusedProspect.score`; without all parts nobody is ranked.
    """
    everybody = list(prospects)
    scored = [(one.score, one) for one in everybody if one.score is not None]
    scored.sort(key=lambda pair: _order(pair[0], pair[1]), reverse=True)
    return RenewList(
        tuple(one for _, one in scored), tuple(one for one in everybody if one.missing)
    )


def _order(score: int, one: RefusedProspect) -> tuple[int, int, date]:
    return score, one.capacity or 0, one.refused_on or date.min
