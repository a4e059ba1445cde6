from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from godview.drawing import sparkline
from godview.periods import WEEK, Period
from metrics.dashboards.grid import WEEKS
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, State
from metrics.dashboards.weeks_grid.cells import (
    Cell,
    Week,
    contact_cell,
    goals_cell,
    light_cell,
    mean_cell,
    pace_cell,
    share_cell,
    unknown,
)
from metrics.dashboards.weeks_grid.readings import Readings, known
from metrics.dashboards.weeks_grid.rows import Kind, Unit, units_of
from metrics.formulas.pace import PaceState
from metrics.formulas.ratio import Ratio
from metrics.queries.stamps import Stamps

# Said in the language of who reads.
METRICS: dict[str, Any] = {
    "goals": gettext_lazy("Weekly goals hit"),
    "pace": gettext_lazy("90-day pace"),
    "light": gettext_lazy("Traffic light"),
    "contact": gettext_lazy("Days since contact"),
}
ROWS: dict[Kind, Any] = {
    "people": gettext_lazy("People"),
    "pods": gettext_lazy("Pods"),
    "clients": gettext_lazy("Clients"),
}
SMALL = (120, 28)
T = TypeVar("T")
Cells = dict[int, list[Cell]]  # by the row's id, a cell a week


@dataclass(frozen=True, slots=True)
class GridRow:
    unit: Unit
    cells: list[Cell]

    @property
    def spark(self) -> SafeString:
        """The course of the row, for the phone."""
        return sparkline([cell.depth for cell in self.cells], "good", size=SMALL)


@dataclass(frozen=True, slots=True)
class WeeksGrid:
    weeks: list[Week]
    rows: list[GridRow]


def weeks_grid(
    kind: Kind, metric: str, lines: Sequence[Line], stamps: Stamps, day: date, onward: Onward
) -> WeeksGrid:
    """A row for each unit of these clients; what is unknown of a week is a dash and never 0.

    The numbers of a pod or a person are those of all its clients, also of clients long gone.
    """
    readings, units = Readings(stamps, day), units_of(kind, lines, onward)
    make = OF_CLIENTS[metric] if kind == "clients" else OF_GROUPS[metric]
    cells = make(readings, _Grouping(kind, units, readings, onward))
    rows = [GridRow(unit, cells.get(unit.id) or [unknown()] * WEEKS) for unit in units]
    return WeeksGrid(readings.weeks, rows)


@dataclass(frozen=True, slots=True)
class _Grouping:
    kind: Kind
    units: Sequence[Unit]
    readings: Readings
    onward: Onward

    def of(self, client: int, day: date) -> int | None:
        """The row to which a client belonged on a day."""
        if self.kind == "clients":
            return client
        held = self.readings.held(client, day)
        if held is None:
            return None
        return held.pod if self.kind == "pods" else held.manager

    def why(self, unit: Unit, metric: str, week: Week) -> str:
        """The clients behind a number, on that day of that week."""
        then = self.onward if week.day == self.readings.day else self.onward.on(week.day)
        return then.why(metric, unit.scope)


def _goals(readings: Readings, group: _Grouping) -> Cells:
    """A person's goals are those that the person set, whoever has the client now."""
    counts: defaultdict[tuple[int | None, date], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in readings.goals():
        whose = row.manager if group.kind == "people" else group.of(row.client, row.monday)
        for place, count in enumerate((row.met, row.committed, row.open)):
            counts[whose, row.monday][place] += count
    return {
        unit.id: [
            _goals_of_week(counts.get((unit.id, w.monday)), unit, w, group) for w in readings.weeks
        ]
        for unit in group.units
    }


def _goals_of_week(counts: list[int] | None, unit: Unit, week: Week, group: _Grouping) -> Cell:
    if counts is None:
        return unknown()
    met, committed, still_open = counts
    period = Period(week.monday, week.monday + WEEK)
    url = group.onward.why("weekly_goal_hit_rate", unit.scope, period)
    is_over = week.monday + WEEK <= group.readings.day or not still_open
    return goals_cell(met, committed, is_over, url)


def _gathered(
    values: dict[int, list[T | None]], group: _Grouping
) -> dict[tuple[int | None, int], list[T]]:
    """What is known of the clients of each row, by row and week."""
    found: defaultdict[tuple[int | None, int], list[T]] = defaultdict(list)
    days = [week.day for week in group.readings.weeks]
    for client, weeks in values.items():
        for place, value in known(weeks):
            found[group.of(client, days[place]), place].append(value)
    return found


def _pace_of_groups(readings: Readings, group: _Grouping) -> Cells:
    found, metric = _gathered(readings.paces(), group), "clients_on_pace"

    def cell(unit: Unit, place: int, week: Week) -> Cell:
        judged = [state for state in found.get((unit.id, place), []) if state.is_judged]
        share = Ratio(sum(state is PaceState.ON for state in judged), len(judged))
        return share_cell(share, metric, group.why(unit, metric, week))

    return _each(group, cell)


def _lights_of_groups(readings: Readings, group: _Grouping) -> Cells:
    found: dict[tuple[int | None, int], list[State]] = _gathered(readings.lights(), group)

    def cell(unit: Unit, place: int, week: Week) -> Cell:
        marked = found.get((unit.id, place), [])
        return share_cell(Ratio(marked.count("good"), len(marked)))

    return _each(group, cell)


def _contact_of_groups(readings: Readings, group: _Grouping) -> Cells:
    found, limit = _gathered(readings.waits(), group), readings.contact_limit

    def cell(unit: Unit, place: int, week: Week) -> Cell:
        url = group.why(unit, "days_since_contact_mean", week)
        return mean_cell(found.get((unit.id, place), []), limit, url)

    return _each(group, cell)


def _each(group: _Grouping, cell: Callable[[Unit, int, Week], Cell]) -> Cells:
    weeks = group.readings.weeks
    return {
        unit.id: [cell(unit, place, week) for place, week in enumerate(weeks)]
        for unit in group.units
    }


def _pace_of_clients(readings: Readings, group: _Grouping) -> Cells:
    return {client: [pace_cell(x) for x in weeks] for client, weeks in readings.paces().items()}


def _lights_of_clients(readings: Readings, group: _Grouping) -> Cells:
    return {client: [light_cell(x) for x in weeks] for client, weeks in readings.lights().items()}


def _contact_of_clients(readings: Readings, group: _Grouping) -> Cells:
    limit = readings.contact_limit
    return {
        client: [contact_cell(days, limit) for days in weeks]
        for client, weeks in readings.waits().items()
    }


Make = Callable[[Readings, _Grouping], Cells]
OF_GROUPS: dict[str, Make] = {
    "goals": _goals,
    "pace": _pace_of_groups,
    "light": _lights_of_groups,
    "contact": _contact_of_groups,
}
OF_CLIENTS: dict[str, Make] = {
    "goals": _goals,
    "pace": _pace_of_clients,
    "light": _lights_of_clients,
    "contact": _contact_of_clients,
}
