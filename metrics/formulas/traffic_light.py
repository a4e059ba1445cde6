"""The weekly lights: how a client's weeks went, and whether the colours told the truth."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from metrics.formulas.ratio import Ratio

TREND_MARKS = 4
ESCALATE_AFTER = 2  # reds in a row
TRUTH_SHOWS_WITHIN = timedelta(weeks=8)


class Light(IntEnum):
    """Green: the relationship grew; yellow: nothing happened; red: we did wrong."""

    GREEN = 1
    YELLOW = 0
    RED = -1


@dataclass(frozen=True, slots=True)
class LightRecord:
    """A client's or a manager's weeks, oldest first. None: nobody marked it, which is no colour."""

    weeks: Sequence[Light | None]

    @property
    def marked(self) -> list[Light]:
        return [light for light in self.weeks if light is not None]

    @property
    def index(self) -> Ratio:
        """Mean of the marked weeks: +1 all green, -1 all red.

        Unit:    -1 to +1.
        Unknown: no week is marked.
        Error:   whoever marks only good weeks looks good: read it beside the coverage.
        Source:  docs/definitions.md, 22.
        """
        return Ratio(sum(self.marked), len(self.marked))

    @property
    def coverage(self) -> Ratio:
        """Share of the weeks that were marked at all.

        Unit:    share in [0, 1]. Unknown: no weeks. Error: none. Source: docs/definitions.md, 22.
        """
        return Ratio(len(self.marked), len(self.weeks))

    @property
    def red_streak(self) -> int:
        """How many reds in a row up to now; a week that nobody marked neither adds nor ends it."""
        streak = 0
        for light in reversed(self.marked):
            if light is not Light.RED:
                break
            streak += 1
        return streak

    @property
    def escalates(self) -> bool:
        """Two reds in a row go to the director."""
        return self.red_streak >= ESCALATE_AFTER

    @property
    def trend(self) -> float | None:
        """Mean of the last four marks less the mean of the four before.

        Unit:    -2 to +2; above 0 it gets better.
        Unknown: fewer than eight marks.
        Error:   one mark moves it by a quarter or a half.
        Source:  docs/definitions.md, 22.
        """
        marks = self.marked
        if len(marks) < 2 * TREND_MARKS:
            return None
        last, before = marks[-TREND_MARKS:], marks[-2 * TREND_MARKS : -TREND_MARKS]
        return (sum(last) - sum(before)) / TREND_MARKS


class Mark(NamedTuple):
    """The light a manager gave a client for the week that ends on `week_ends_on` (exclusive)."""

    client: Hashable
    week_ends_on: date
    light: Light


@dataclass(frozen=True, slots=True)
class Leniency:
    """How a manager's colours compare with who left within the next eight weeks."""

    lost_after: Mapping[Light, Ratio]  # for each colour: marks followed by a loss, of marks given
    before_losses: Ratio  # mean light given in the eight weeks before a client left

    @property
    def green_before_loss(self) -> Ratio:
        """Share of the green marks after which the client left. High: the colours are too kind."""
        return self.lost_after[Light.GREEN]


def leniency(
    marks: Iterable[Mark], left_on: Mapping[Hashable, Sequence[date]], as_of: date
) -> Leniency:
    """Hold colours against what happened within eight weeks, where these have passed by `as_of`.

    Unit:    share of marks, by colour; mean light from -1 to +1.
    Unknown: no mark of that colour whose eight weeks are over; no loss.
    Error:   marks of one client follow each other, so they count for less than as many clients.
    Source:  docs/definitions.md, 22.
    """
    given, lost = dict.fromkeys(Light, 0), dict.fromkeys(Light, 0)
    for client, seen_on, light in marks:
        until = seen_on + TRUTH_SHOWS_WITHIN
        if until > as_of:
            continue
        given[light] += 1
        lost[light] += any(seen_on < day <= until for day in left_on.get(client, ()))
    after = {light: Ratio(lost[light], given[light]) for light in Light}
    told = sum(light * count for light, count in lost.items())
    return Leniency(after, Ratio(told, sum(lost.values())))
