"""How actively does a client use us, and has that fallen? One index a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, stdev
from typing import NamedTuple

from metrics.formulas.spread import median

BASELINE_WEEKS = 8
FAR_BELOW = -2.0
HALF = 0.5


class ActivityWeights(NamedTuple):
    ours: float = 1.0  # a touch of ours
    theirs: float = 1.0  # a touch of theirs
    task: float = 1.0  # a task done
    services: float = 1.0  # all services offered in use


class ActivityWeek(NamedTuple):
    """What happened between a client and us in one ISO week."""

    our_touches: int
    their_touches: int
    tasks_done: int
    services_used: int
    services_offered: int


PLAIN = ActivityWeights()


def activity_index(week: ActivityWeek, weights: ActivityWeights = PLAIN) -> float:
    """Touches both ways, tasks done, and the share of our services that the client uses.

    Unit:    points; without a scale of its own: compare a client with itself.
    Unknown: never; with no services offered that part is 0.
    Error:   as complete as what is recorded.
    Source:  docs/definitions.md, 26.
    """
    services = week.services_used / week.services_offered if week.services_offered else 0.0
    return (
        weights.ours * week.our_touches
        + weights.theirs * week.their_touches
        + weights.task * week.tasks_done
        + weights.services * services
    )


class ActivityState(StrEnum):
    LEARNING = "learning"
    STEADY = "steady"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class ActivityChange:
    """This week against the eight before."""

    state: ActivityState
    mean: float | None = None
    sd: float | None = None
    z: float | None = None  # None when all eight weeks were the same
    of_median: float | None = None  # None when the middle week was 0


def activity_change(before: Sequence[float], now: float) -> ActivityChange:
    """Is this week far below what is usual for this client?

    A drop is more than two standard deviations below the mean, or less than half of the median.

    Unit:    a state; z in standard deviations, and a share of the median.
    Unknown: under eight weeks before it is still learning.
    Error:   about one quiet week in forty is far below by chance: look at two in a row.
    Source:  docs/definitions.md, 26: 5 after 10, 11, 12 ... is z = -4.6 and 47.6 %, a drop.
    """
    usual = list(before[-BASELINE_WEEKS:])
    if len(usual) < BASELINE_WEEKS:
        return ActivityChange(ActivityState.LEARNING)
    mean, sd, middle = fmean(usual), stdev(usual), median(usual)
    z = (now - mean) / sd if sd > 0 else None
    share = now / middle if middle else None
    dropped = (z is not None and z < FAR_BELOW) or (share is not None and share < HALF)
    state = ActivityState.DROP if dropped else ActivityState.STEADY
    return ActivityChange(state, mean, sd, z, share)


def scaled(values: Sequence[float]) -> list[float]:
    """The indices of several clients brought to 0 to 1, by the largest: for the quadrants.

    Unit:    share of the most active one.
    Unknown: if nobody did anything, all are 0.
    Error:   one very active client presses all others down.
    Source:  docs/definitions.md, 17.
    """
    largest = max(values, default=0.0)
    return [value / largest if largest > 0 else 0.0 for value in values]
