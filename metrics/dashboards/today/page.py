from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from godview.access import reach_of
from godview.templatetags.display import counted
from metrics.dashboards import trends
from metrics.dashboards.cases import open_cases
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, all_lines, book_on, lines_for
from metrics.dashboards.today import people, tiles
from metrics.dashboards.today.cases import Row, rows
from metrics.dashboards.today.people import DepartmentRow, PersonRow
from metrics.dashboards.today.pods import Colour, Legend, PodRow, legend, pod_rows
from metrics.dashboards.today.tiles import Tile
from metrics.formulas.pace import PaceState
from metrics.memory import remembered
from metrics.queries.limits import limits_on
from metrics.queries.stamps import Stamps, read_stamps

SHOWN, SHOWN_OF_ONES_OWN = 7, 10


@dataclass(frozen=True, slots=True)
class Today:
    headline: str
    lead: str
    tiles: list[Tile]
    cases: list[Row]
    cases_url: str
    open_cases: int
    pods: list[PodRow]
    legend: list[Legend]
    clients: int
    departments: list[DepartmentRow]
    managers: list[PersonRow]
    week: int
    colour: Colour
    sees_all: bool

    @property
    def more_cases(self) -> int:
        return max(0, self.open_cases - len(self.cases))


def today(user: Any, now: datetime, colour: Colour, onward: Onward) -> Today:
    """Everything on the page. The tiles are the agency's; the clients are those `user` may see."""
    day = timezone.localdate(now)
    stamps, sees_all = read_stamps(), reach_of(user).everything
    agency, mine = _agency(stamps, day, replace(onward, people=None)), lines_for(user, stamps, day)
    if sees_all:
        clients = _every_client(stamps, day, colour, onward)
    else:
        clients = _clients(stamps, mine, day, colour, onward)
    cases = open_cases(mine, stamps, now)
    return Today(
        headline=_headline(len(cases), sees_all, onward.as_of),
        lead=agency.lead,
        tiles=agency.tiles,
        cases=rows(cases[: SHOWN if sees_all else SHOWN_OF_ONES_OWN], mine, onward),
        cases_url=onward.to("attention"),
        open_cases=len(cases),
        pods=clients.pods,
        legend=clients.legend,
        clients=len(mine),
        departments=agency.departments,
        managers=clients.managers,
        week=(day - trends.WEEK).isocalendar().week,
        colour=colour,
        sees_all=sees_all,
    )


@dataclass(frozen=True, slots=True)
class Agency:
    """The part of the page that is the same for everybody, until a row changes."""

    lead: str
    tiles: list[Tile]
    departments: list[DepartmentRow]


@remembered(4)
def _agency(stamps: Stamps, day: date, onward: Onward) -> Agency:
    lines, book = all_lines(stamps, day), book_on(stamps, day)
    contact_limit = int(limits_on(stamps, day)["contact"])
    pace, on_time = trends.pace_trend(stamps, day), trends.on_time_by_department(stamps, day)
    goals = trends.goals_of_agency(trends.goals_by_manager(stamps, day))
    return Agency(
        lead=_lead(pace, lines, f"{day:%A}"),
        tiles=[
            tiles.on_pace_tile(pace, tiles.too_new(pace), onward),
            tiles.goals_tile(goals, day, onward),
            tiles.contact_tile(trends.contact_trend(stamps, day), lines, contact_limit, onward),
            tiles.on_time_tile(on_time.agency, day, onward),
            tiles.kept_tile(trends.kept_trend(stamps, day), book, day, onward),
            tiles.off_pace_tile(pace, lines, onward),
        ],
        departments=people.department_rows(people.departments(stamps), on_time, day, onward),
    )


@dataclass(frozen=True, slots=True)
class Clients:
    """The part of the page that names clients and people: the same for all who see everything."""

    pods: list[PodRow]
    legend: list[Legend]
    managers: list[PersonRow]


@remembered(8)
def _every_client(stamps: Stamps, day: date, colour: Colour, onward: Onward) -> Clients:
    lines = all_lines(stamps, day)
    managers = trends.goals_by_manager(stamps, day)
    return Clients(
        pod_rows(lines, colour, day, onward),
        legend(lines, colour, int(limits_on(stamps, day)["contact"]), onward),
        people.manager_rows(managers, lines, day, onward),
    )


def _clients(
    stamps: Stamps, mine: tuple[Line, ...], day: date, colour: Colour, onward: Onward
) -> Clients:
    """Of people, only those who answer for the clients that one sees."""
    answering = {line.who.manager_id for line in mine}
    managers = [one for one in trends.goals_by_manager(stamps, day) if one.id in answering]
    return Clients(
        pod_rows(mine, colour, day, onward),
        legend(mine, colour, int(limits_on(stamps, day)["contact"]), onward),
        people.manager_rows(managers, mine, day, onward),
    )


def _headline(count: int, sees_all: bool, past_day: str) -> str:
    verb = "needed" if past_day else "needs" if count <= 1 else "need"
    need = f"{verb} a decision {'that day' if past_day else 'today'}"
    if sees_all:
        return f"{counted(count, 'client') if count else 'No client'} {need}"
    return f"{count or 'None'} of your clients {need}"


def _lead(pace: trends.PaceTrend, lines: tuple[Line, ...], weekday: str) -> str:
    now, before = pace.on_pace[-1], pace.on_pace[-2]
    if not now.whole:
        return "No 90-day goal can be judged yet. Goals are judged two weeks after they start."
    change = int(now.part) - int(before.part)
    told = f"{now.part} of {now.whole} clients are on pace for their 90-day goals"
    if not before.whole:
        return f"{told}."
    if not change:
        return f"{told}, as many as last {weekday}."
    told = f"{told}, {abs(change)} {'more' if change > 0 else 'fewer'} than last {weekday}."
    pod = _pod_behind(pace, lines) if change < 0 else None
    return f"{told} {pod} explains most of the drop." if pod else told


def _pod_behind(pace: trends.PaceTrend, lines: tuple[Line, ...]) -> str | None:
    """The pod that lost more than half of the clients who fell off pace within the week."""
    fell = Counter(
        line.who.pod
        for line in lines
        if line.who.pod
        and (states := pace.states.get(line.id))
        and states[-2] is PaceState.ON
        and states[-1] is not PaceState.ON
    )
    if not fell:
        return None
    name, count = fell.most_common(1)[0]
    return f"Pod {name}" if count * 2 > fell.total() and count > 1 else None
