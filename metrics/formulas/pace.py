"""Is a 90-day goal as far along as it should be by now?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Number = Decimal | float
ON_PACE = 0.95
BEHIND = 0.80
TOO_NEW_DAYS = 14


class PaceState(StrEnum):
    ON = "on"
    BEHIND = "behind"
    OFF = "off"
    TOO_NEW = "too_new"
    NO_READING = "no_reading"

    @property
    def is_judged(self) -> bool:
        return self not in (PaceState.TOO_NEW, PaceState.NO_READING)


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a goal is (`progress`), how far it should be (`expected`), and one over the other."""

    progress: float | None
    expected: float
    state: PaceState

    @property
    def ratio(self) -> float | None:
        if self.progress is None or self.expected <= 0:
            return None
        return self.progress / self.expected


def pace(
    baseline: Number,
    target: Number,
    reading: Number | None,
    starts_on: date,
    ends_on: date,
    as_of: date,
) -> Pace:
    """Progress over the expected progress: at 1 the goal will be met on its last day.

    Works for goals that go down, such as a cost. On pace from 0.95, behind from 0.80, else off.

    Unit:    share of the way, and times the expected share.
    Unknown: no reading; the first 14 days are too early to judge.
    Error:   assumes an even way; a reading may be days old.
    Source:  docs/definitions.md, 13: on day 40 of 90 with 22 % done, 44.4 % expected, 0.495.
    """
    elapsed, length = (as_of - starts_on).days, (ends_on - starts_on).days
    expected = min(1.0, max(0.0, elapsed / length))
    start = float(baseline)
    way = float(target) - start
    progress = None if reading is None else (float(reading) - start) / way
    if elapsed < TOO_NEW_DAYS:
        return Pace(progress, expected, PaceState.TOO_NEW)
    if progress is None:
        return Pace(None, expected, PaceState.NO_READING)
    return Pace(progress, expected, _state(progress / expected))


def _state(ratio: float) -> PaceState:
    rounded = round(ratio, 9)  # 0.95 reached exactly must not fall to 0.9499999
    if rounded >= ON_PACE:
        return PaceState.ON
    return PaceState.BEHIND if rounded >= BEHIND else PaceState.OFF
