"""Is a 90-day goal as far along as it should be by now?"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

Number = Decimal | float
ON_PACE = 0.95
BEHIND = 0.80
TOO_NEW_DAYS = 14
READING_LASTS_DAYS = 30


class Reading(NamedTuple):
    """What a goal's number was, and on which day."""

    value: Number
    read_on: date


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
    """How far a goal was when last read, and how far it should have been on that day."""

    progress: float | None
    expected: float
    state: PaceState

    @property
    def ratio(self) -> float | None:
        if self.progress is None or self.expected <= 0:
            return None
        return self.progress / self.expected

    def judged_by(self, off_below: float) -> "Pace":
        """The same, had this been the limit."""
        if not self.state.is_judged or self.ratio is None:
            return self
        return replace(self, state=_state(self.ratio, off_below))


def pace(
    baseline: Number,
    target: Number,
    reading: Reading | None,
    starts_on: date,
    ends_on: date,
    as_of: date,
    off_below: float = BEHIND,
) -> Pace:
    """Progress over the expected progress: at 1 the goal will be met on its last day.

    Works for goals that go down, such as a cost. On pace from 0.95, behind from the agency's limit
    (0.80, unless it set another one), else off.
    Both are of the day of the last reading: held against today, every goal would fall behind
    between two readings.

    Unit:    share of the way, and times the expected share.
    Unknown: no reading from day 14 on, or none in the last 30 days; the first 14 days are too
             early to judge.
    Error:   assumes an even way.
    Source:  docs/definitions.md, 13: on day 40 of 90 with 22 % done, 44.4 % expected, 0.495.
    """
    start = float(baseline)
    judged_on = reading.read_on if reading else as_of
    elapsed, length = (judged_on - starts_on).days, (ends_on - starts_on).days
    expected = min(1.0, max(0.0, elapsed / length))
    progress = (float(reading.value) - start) / (float(target) - start) if reading else None
    if (as_of - starts_on).days < TOO_NEW_DAYS:
        return Pace(progress, expected, PaceState.TOO_NEW)
    if progress is None or elapsed < TOO_NEW_DAYS or (as_of - judged_on).days > READING_LASTS_DAYS:
        return Pace(progress, expected, PaceState.NO_READING)
    return Pace(progress, expected, _state(progress / expected, off_below))


def forecast(baseline: Number, value: Number, expected: float) -> float:
    """What the number will be on the last day if it goes on as it did until it was read.

    Unit:    the goal's own.
    Unknown: asked for only when the goal can be judged, from day 14 on.
    Error:   assumes an even way; what was read early says little.
    Source:  docs/definitions.md, 13: 120 at the start, 157 on day 54 of 90 makes 181.7.
    """
    return float(baseline) + (float(value) - float(baseline)) / expected


def is_off(ratio: float, off_below: float) -> bool:
    return round(ratio, 9) < off_below  # 0.95 reached exactly must not fall to 0.9499999


def _state(ratio: float, off_below: float) -> PaceState:
    if is_off(ratio, off_below):
        return PaceState.OFF
    return PaceState.BEHIND if is_off(ratio, ON_PACE) else PaceState.ON
