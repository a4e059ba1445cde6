"""Stars, cows, problem children and dogs: how active a client is, and how much it could be."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from metrics.formulas.pace import Number
from metrics.formulas.ratio import Ratio
from metrics.formulas.spread import median


class Quadrant(StrEnum):
    STAR = "star"
    COW = "cow"
    PROBLEM_CHILD = "problem_child"
    DOG = "dog"

    @property
    def rule(self) -> str:
        """How to work with such a client, in one sentence."""
        return QUADRANT_RULES[self]


QUADRANT_RULES = {
    Quadrant.STAR: "Protect and grow: best people, a plan for what comes next.",
    Quadrant.COW: "Keep the service good at low effort; there is no more to win here.",
    Quadrant.PROBLEM_CHILD: "Find out why so little of what is possible is done; propose more.",
    Quadrant.DOG: "Serve at little cost, or part as friends.",
}


@dataclass(frozen=True, slots=True)
class BcgClient:
    client: Hashable
    activity: float | None  # the activity index, from 0 to 1
    capacity: Number | None  # what the client could buy in a year
    pays: Number | None = None  # what it buys in a year


@dataclass(frozen=True, slots=True)
class BcgPlace:
    client: Hashable
    quadrant: Quadrant
    used: Ratio | None  # what it buys of what it could


@dataclass(frozen=True, slots=True)
class BcgTable:
    places: tuple[BcgPlace, ...]
    missing: tuple[Hashable, ...]  # activity or capacity is not known
    activity_cut: float | None
    capacity_cut: float | None


def quadrant(active: bool, large: bool) -> Quadrant:
    """Which of the four it is.

    Unit:    one of four. Unknown: never. Error: none. Source: docs/definitions.md, 17.
    """
    if active:
        return Quadrant.STAR if large else Quadrant.COW
    return Quadrant.PROBLEM_CHILD if large else Quadrant.DOG


def bcg(
    clients: Iterable[BcgClient],
    activity_cut: float | None = None,
    capacity_cut: Number | None = None,
) -> BcgTable:
    """Place each client by activity and capacity; a cut that is not given is the median.

    Unit:    one of four quadrants; on the cut counts as high.
    Unknown: without activity or capacity a client is not placed, but listed.
    Error:   close to a cut a client changes sides easily.
    Source:  docs/definitions.md, 17.
    """
    everybody = list(clients)
    known = [
        (one, one.activity, one.capacity)
        for one in everybody
        if one.activity is not None and one.capacity is not None
    ]
    from_activity = median([a for _, a, _ in known]) if activity_cut is None else activity_cut
    from_capacity = (
        median([float(c) for _, _, c in known]) if capacity_cut is None else float(capacity_cut)
    )
    if from_activity is None or from_capacity is None:
        return BcgTable((), tuple(one.client for one in everybody), from_activity, from_capacity)
    places = tuple(
        BcgPlace(one.client, quadrant(a >= from_activity, float(c) >= from_capacity), _used(one))
        for one, a, c in known
    )
    placed = {id(one) for one, _, _ in known}
    missing = tuple(one.client for one in everybody if id(one) not in placed)
    return BcgTable(places, missing, from_activity, from_capacity)


def _used(one: BcgClient) -> Ratio | None:
    if one.pays is None or one.capacity is None:
        return None
    return Ratio(Decimal(str(one.pays)), Decimal(str(one.capacity)))
