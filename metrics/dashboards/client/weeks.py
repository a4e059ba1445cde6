"""Thirteen weeks of one client, a column each; the last one is the week that runs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clients.models import ClientGoal
from godview.periods import DAY, WEEK, monday_of
from metrics.dashboards.client.goals import pace_by_day
from metrics.dashboards.portfolio import PACE_STATES, PACE_WORDS, State
from metrics.formulas.ratio import Ratio
from metrics.queries.pace import ClientPace
from tasks.models import WeeklyGoal

WEEKS = 13


@dataclass(frozen=True, slots=True)
class Cell:
    """One week of one row: a number or a mark, and the word that a reader hears."""

    text: str
    state: State | None = None
    words: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    weeks: list[int]
    rows: list[tuple[str, list[Cell]]]


def mondays_to(day: date) -> list[date]:
    return [monday_of(day) - WEEK * back for back in range(WEEKS - 1, -1, -1)]


def paces_to(goals: Sequence[ClientGoal], day: date) -> list[ClientPace | None]:
    """At the end of each full week, and today."""
    return pace_by_day(goals, [min(monday + WEEK - DAY, day) for monday in mondays_to(day)])


def grid(
    day: date,
    since: date,
    paces: Sequence[ClientPace | None],
    goals: Sequence[WeeklyGoal],
    contacts: Sequence[date],
    on_time: Sequence[Ratio],
) -> Grid:
    mondays = mondays_to(day)
    here = [monday + WEEK > since for monday in mondays]
    heard = Counter(monday_of(contact) for contact in contacts)
    return Grid(
        weeks=[monday.isocalendar().week for monday in mondays],
        rows=[
            ("90-day pace", [_pace(one) for one in paces]),
            ("Weekly goals hit", [_goals(goals, monday) for monday in mondays]),
            (
                "Contacts",
                [
                    _contacts(heard[monday], monday + WEEK <= day) if served else Cell("–")
                    for monday, served in zip(mondays, here, strict=True)
                ],
            ),
            ("Tasks on time", [_share(week) for week in on_time]),
        ],
    )


def _pace(one: ClientPace | None) -> Cell:
    if one is None:
        return Cell("–")
    return Cell("", PACE_STATES[one.pace.state], PACE_WORDS[one.pace.state].lower())


def _goals(goals: Sequence[WeeklyGoal], monday: date) -> Cell:
    mine = [goal for goal in goals if goal.week_starts_on == monday and not goal.unplanned]
    if not mine:
        return Cell("–")
    met = sum(goal.status == WeeklyGoal.Status.MET for goal in mine)
    is_open = any(goal.status == WeeklyGoal.Status.OPEN for goal in mine)
    return Cell(f"{met}/{len(mine)}", alarm=met * 2 <= len(mine) and not is_open)


def _contacts(count: int, is_over: bool) -> Cell:
    return Cell(str(count), alarm=is_over and not count)


def _share(week: Ratio) -> Cell:
    if not week.whole:
        return Cell("–")
    return Cell(f"{week.part}/{week.whole}", alarm=week.part * 2 <= week.whole)
