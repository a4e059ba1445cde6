from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from godview.access import reach_of
from metrics.attention import Case
from metrics.dashboards import trends
from metrics.dashboards.cases import open_cases
from metrics.dashboards.onward import Onward
from metrics.dashboards.panels import Panels
from metrics.dashboards.portfolio import Line, all_lines, lines_for
from metrics.dashboards.today.below import UnitRow, rows_below
from metrics.dashboards.today.cases import Row, rows
from metrics.dashboards.today.part import Part
from metrics.dashboards.today.people import PersonRow, manager_rows
from metrics.dashboards.today.pods import Colour, Legend, PodRow, legend, pod_rows
from metrics.dashboards.today.tiles import TILES, Tile, failed_tile
from metrics.dashboards.today.told import headline, lead
from metrics.memory import remembered
from metrics.queries.limits import limits_on
from metrics.queries.scopes import AGENCY, Scope
from metrics.queries.stamps import Stamps, read_stamps

SHOWN, SHOWN_OF_ONES_OWN = 7, 10


@dataclass(frozen=True, slots=True)
class Today:
    """`failed` names the panels that could not be counted; the rest of the page stands."""

    headline: str
    lead: str
    tiles: list[Tile]
    cases: list[Row]
    cases_url: str
    open_cases: int
    pods: list[PodRow]
    legend: list[Legend]
    clients: int
    departments: list[UnitRow]
    managers: list[PersonRow]
    week: int
    colour: Colour
    sees_all: bool
    scope: Scope
    failed: frozenset[str]

    @property
    def more_cases(self) -> int:
        return max(0, self.open_cases - len(self.cases))


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which part of the agency, on which day, for whom, in which language.

    Words are kept along with the numbers, so the language is part of what was asked.
    """

    part: Part
    onward: Onward
    language: str | None
    sees_all: bool
    colour: Colour = "pace"

    @property
    def every_line(self) -> tuple[Line, ...]:
        return self.part.lines(all_lines(self.part.stamps, self.part.day))


def today(
    user: Any,
    now: datetime,
    colour: Colour,
    onward: Onward,
    scope: Scope = AGENCY,
    stamps: Stamps | None = None,
) -> Today:
    """The tiles are those of the whole scope; the clients are those of it that `user` may see."""
    day, sees_all = timezone.localdate(now), reach_of(user).everything
    part, panels = Part(scope, stamps or read_stamps(), day), Panels()
    asked = Asked(part, onward, get_language(), sees_all, colour)
    for_all = Asked(part, replace(onward, people=None), asked.language, sees_all)
    mine: tuple[Line, ...] = panels.build(
        "clients", lambda: part.lines(lines_for(user, part.stamps, day)), ()
    )
    found: list[Case] = panels.build("cases", lambda: open_cases(mine, part.stamps, now), [])
    some = SHOWN if sees_all else SHOWN_OF_ONES_OWN
    if "clients" in panels.failed:
        panels.failed |= {"cases", "map", "managers"}
    return Today(
        headline=headline(
            None if "cases" in panels.failed else len(found), sees_all, scope, bool(onward.as_of)
        ),
        lead=panels.build("lead", lambda: _lead(for_all), ""),
        tiles=[
            panels.build(f"tile {name}", lambda name=name: _tile(name, for_all), None)  # type: ignore[misc]
            or failed_tile(name)
            for name in TILES
        ],
        cases=panels.build("cases", lambda: rows(found[:some], mine, onward), []),
        cases_url=onward.to("attention") if scope.is_agency else onward.clients(needs="decision"),
        open_cases=len(found),
        pods=panels.build("map", lambda: _pods(asked, mine), []),
        legend=panels.build("map", lambda: _legend(asked, mine), []),
        clients=len(mine),
        departments=panels.build("departments", lambda: _below(for_all), []),
        managers=panels.build("managers", lambda: _managers(asked, mine), []),
        week=(day - trends.WEEK).isocalendar().week,
        colour=colour,
        sees_all=sees_all,
        scope=scope,
        failed=frozenset(panels.failed),
    )


@remembered(16)
def _lead(asked: Asked) -> str:
    return lead(asked.part, asked.every_line)


@remembered(64)
def _tile(name: str, asked: Asked) -> Tile:
    return TILES[name](asked.part, asked.onward)


@remembered(16)
def _below(asked: Asked) -> list[UnitRow]:
    return rows_below(asked.part, asked.every_line, asked.onward, asked.sees_all)


def _pods(asked: Asked, mine: Sequence[Line]) -> list[PodRow]:
    if asked.sees_all:
        return _every_pod(asked)
    return pod_rows(mine, asked.colour, asked.part.day, asked.onward, drills=False)


@remembered(16)
def _every_pod(asked: Asked) -> list[PodRow]:
    drills = asked.part.scope.kind != "pod"
    return pod_rows(asked.every_line, asked.colour, asked.part.day, asked.onward, drills)


def _legend(asked: Asked, mine: Sequence[Line]) -> list[Legend]:
    contact_limit = int(limits_on(asked.part.stamps, asked.part.day)["contact"])
    return legend(mine, asked.colour, contact_limit, asked.onward)


def _managers(asked: Asked, mine: Sequence[Line]) -> list[PersonRow]:
    return _every_manager(asked) if asked.sees_all else _manager_rows(asked, mine)


@remembered(16)
def _every_manager(asked: Asked) -> list[PersonRow]:
    return _manager_rows(asked, asked.every_line)


def _manager_rows(asked: Asked, mine: Sequence[Line]) -> list[PersonRow]:
    """Of people, only those who answer for the clients that one sees; a leader sees everybody."""
    managers = trends.goals_by_manager(asked.part.stamps, asked.part.day)
    if not (asked.sees_all and asked.part.scope.is_agency):
        answering = {line.who.manager_id for line in mine}
        managers = [one for one in managers if one.id in answering]
    drills = asked.sees_all and asked.part.scope.kind != "manager"
    return manager_rows(managers, mine, asked.part.day, asked.onward, drills)
