"""What is known of every client in each of the weeks, and where the client belonged then."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from clients.models import Assignment, TrafficLight
from godview.periods import WEEK
from metrics.dashboards.grid import WEEKS, mondays_to
from metrics.dashboards.portfolio import State
from metrics.dashboards.trends import pace_trend, waits_by_client
from metrics.dashboards.weeks_grid.cells import Week
from metrics.formulas.pace import PaceState
from metrics.memory import remembered
from metrics.queries.goal_weeks import GoalsOfWeek, goals_of_weeks
from metrics.queries.lights import STATES, marks_of_weeks
from metrics.queries.limits import limits_on
from metrics.queries.memberships import Held, Memberships, read_memberships
from metrics.queries.stamps import Stamp, Stamps
from metrics.queries.weeks import weeks_to
from tasks.models import WeeklyGoal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Readings:
    """Read through the stamps: what did not change is not counted again."""

    stamps: Stamps
    day: date

    @property
    def weeks(self) -> list[Week]:
        """Thirteen, oldest first; the last one runs."""
        mondays = mondays_to(self.day)
        return [Week(monday, self.day - WEEK * (WEEKS - 1 - n)) for n, monday in enumerate(mondays)]

    @property
    def contact_limit(self) -> int:
        return int(limits_on(self.stamps, self.day)["contact"])

    def goals(self) -> list[GoalsOfWeek]:
        return _goals(self.stamps.of(WeeklyGoal), self.day)

    def paces(self) -> dict[int, list[PaceState | None]]:
        return pace_trend(self.stamps, self.day).states

    def waits(self) -> dict[int, list[int | None]]:
        return waits_by_client(self.stamps, self.day)

    def lights(self) -> dict[int, list[State | None]]:
        return _lights(self.stamps.of(TrafficLight), self.day)

    def held(self, client: int, day: date) -> Held | None:
        """Which pod and manager had the client on a day."""
        return _memberships(self.stamps.of(Assignment)).on(client, day)


@remembered(4)
def _goals(stamp: Stamp, day: date) -> list[GoalsOfWeek]:
    return goals_of_weeks(weeks_to(day, WEEKS))


@remembered(4)
def _lights(stamp: Stamp, day: date) -> dict[int, list[State | None]]:
    mondays = mondays_to(day)
    found: defaultdict[int, list[State | None]] = defaultdict(lambda: [None] * WEEKS)
    for client, week, color in marks_of_weeks(mondays[0], mondays[-1]):
        found[client][mondays.index(week)] = STATES[color]
    return dict(found)


@remembered(2)
def _memberships(stamp: Stamp) -> Memberships:
    return read_memberships()


def known(weeks: list[T | None]) -> Iterator[tuple[int, T]]:
    """Place and value of the weeks of which something is known."""
    return ((place, value) for place, value in enumerate(weeks) if value is not None)
