"""The part of the agency that Today speaks of: who was in it when, and the weeks of its work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clients.models import Assignment, Client, Fee, PodMembership
from godview.periods import Period
from metrics.dashboards.portfolio import Line
from metrics.dashboards.trends import (
    EVERYBODY,
    WEEK,
    WEEKS,
    PaceTrend,
    contact_trend,
    goals_by_manager,
    goals_of_agency,
    kept_trend,
    on_time_by_department,
    pace_trend,
    pace_trend_of,
)
from metrics.dashboards.weeks import Weeks
from metrics.formulas.ratio import Ratio
from metrics.memory import remembered
from metrics.queries.scopes import Roster, Scope, read_roster
from metrics.queries.stamps import Stamp, Stamps
from metrics.queries.weeks import weeks_to

MEMBERS = (Assignment, PodMembership, Client, Fee)
NONE_DUE = Ratio(0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """A scope on a day, read through the stamps: what did not change is not counted again."""

    scope: Scope
    stamps: Stamps
    day: date

    @property
    def roster(self) -> Roster:
        """Who was in it, and when."""
        return EVERYBODY if self.scope.is_agency else _roster(self._members, self.scope)

    @property
    def _members(self) -> Stamp:
        return self.stamps.of(*MEMBERS)

    def lines(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """Those of the clients that are in it on the day."""
        if self.scope.is_agency:
            return tuple(lines)
        mine = _clients(self._members, self.scope, self.day)
        return tuple(line for line in lines if line.id in mine)

    def pace(self) -> PaceTrend:
        if self.scope.is_agency:
            return pace_trend(self.stamps, self.day)
        return pace_trend_of(self.roster, self.stamps, self.day)

    def contact(self) -> list[Ratio]:
        return contact_trend(self.stamps, self.day, self.roster)

    def kept(self) -> list[Ratio]:
        return kept_trend(self.stamps, self.day, self.roster)

    def goals(self) -> list[Ratio]:
        """Weekly goals hit in the last thirteen full weeks."""
        if self.scope.is_agency:
            return goals_of_agency(goals_by_manager(self.stamps, self.day))
        weeks = self._full_weeks
        found = Weeks(self.stamps, weeks).goals(self.scope)
        mondays = [weeks.start + WEEK * place for place in range(WEEKS)]
        return [
            Ratio(found[monday].met, found[monday].committed) if monday in found else NONE_DUE
            for monday in mondays
        ]

    def on_time(self) -> list[Ratio]:
        """Tasks done by the first due date, in the same weeks."""
        if self.scope.is_agency:
            return on_time_by_department(self.stamps, self.day).agency
        if self.scope.kind == "department":
            known = on_time_by_department(self.stamps, self.day).departments
            return known.get(self.scope.id or 0, [NONE_DUE] * WEEKS)
        return on_time_of(self.scope, self.stamps, self.day)

    @property
    def _full_weeks(self) -> Period:
        return weeks_to(self.day - WEEK, WEEKS)


def on_time_of(scope: Scope, stamps: Stamps, day: date) -> list[Ratio]:
    """The last thirteen full weeks of a pod or a person."""
    weeks = weeks_to(day - WEEK, WEEKS)
    found = Weeks(stamps, weeks).on_time(scope)
    return [found.get(weeks.start + WEEK * place, NONE_DUE) for place in range(WEEKS)]


@remembered(64)
def _roster(stamp: Stamp, scope: Scope) -> Roster:
    return read_roster(scope)


@remembered(64)
def _clients(stamp: Stamp, scope: Scope, day: date) -> frozenset[int]:
    mine = Client.objects.filter(scope.clients_on(day, "pk"))
    return frozenset(mine.values_list("pk", flat=True))
