"""How content is a client, part by part? Customer satisfaction index."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from metrics.formulas.ratio import Ratio

BEST = 5


class Satisfaction(NamedTuple):
    """One part of the service: how much it matters, and how good it was."""

    part: str
    weight: int
    score: int | None  # None: not answered
    best: int = BEST


def csi(answers: Iterable[Satisfaction]) -> Ratio:
    """Points reached of points possible, each part by its weight.

    A part without an answer is left out with its weight, so silence counts neither way.

    Unit:    share in [0, 1], said as per cent.
    Unknown: nothing was answered.
    Error:   a judgement of people; compare it with the same client's before.
    Source:  docs/definitions.md, 19.
    """
    reached = possible = 0
    for part, weight, score, best in answers:
        if weight <= 0:
            raise ValueError(f"The weight of {part} must be above 0.")
        if score is None:
            continue
        if not 0 <= score <= best:
            raise ValueError(f"{part} is scored from 0 to {best}, not {score}.")
        reached += weight * score
        possible += weight * best
    return Ratio(reached, possible)


def csi_of_all(clients: Iterable[Ratio]) -> Ratio:
    """The mean over clients, each counting once however many parts it answered.

    Unit, Error, Source: as `csi`. Unknown: no client answered anything.
    """
    known = [Decimal(one.part) / Decimal(one.whole) for one in clients if one.whole]
    return Ratio(sum(known, start=Decimal(0)), len(known))
