"""Thirteen weeks of one client, a column each; the last one is the week that runs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.models import ClientGoal
from godview.periods import DAY, WEEK, Period, monday_of, week_of
from metrics.dashboards.client.goals import pace_by_day
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import PACE_STATES, PACE_WORDS, State
from metrics.formulas.ratio import Ratio
from metrics.queries.lights import LIGHT_WORDS, Mark
from metrics.queries.limits import LimitHistory
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
    url: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    weeks: list[int]
    rows: list[tuple[str, list[Cell]]]


def mondays_to(day: date) -> list[date]:
    return [monday_of(day) - WEEK * back for back in range(WEEKS - 1, -1, -1)]


def paces_to(
    goals: Sequence[ClientGoal], day: date, limits: LimitHistory
) -> list[ClientPace | None]:
    """At the end of each full week, and today."""
    days = [min(monday + WEEK - DAY, day) for monday in mondays_to(day)]
    return pace_by_day(goals, days, limits)


def grid(
    day: date,
    since: date,
    paces: Sequence[ClientPace | None],
    goals: Sequence[WeeklyGoal],
    contacts: Sequence[date],
    on_time: Sequence[Ratio],
    lights: Mapping[date, Mark],
    moved: Mapping[date, int],
    links: "Links",
) -> Grid:
    """Every number leads to its rows."""
    mondays = mondays_to(day)
    here = [monday + WEEK > since for monday in mondays]
    heard = Counter(monday_of(contact) for contact in contacts)
    return Grid(
        weeks=[monday.isocalendar().week for monday in mondays],
        rows=[
            (
                _("Light"),
                [
                    _light(lights.get(monday), monday in lights or served)
                    for monday, served in zip(mondays, here, strict=True)
                ],
            ),
            (_("90-day pace"), [_pace(one) for one in paces]),
            (_("Weekly goals hit"), [_goals(goals, monday, day, links) for monday in mondays]),
            (
                _("Contacts"),
                [
                    _contacts(heard[monday], monday, day, links) if served else Cell("–")
                    for monday, served in zip(mondays, here, strict=True)
                ],
            ),
            (
                _("Tasks on time"),
                [_tasks(*pair, day, links) for pair in zip(on_time, mondays, strict=True)],
            ),
            (_("Deadlines moved"), [_moved(moved.get(monday, 0), links) for monday in mondays]),
        ],
    )


def _moved(count: int, links: "Links") -> Cell:
    return Cell(str(count), alarm=count > 1, url=links.moved()) if count else Cell("–")


def _pace(one: ClientPace | None) -> Cell:
    if one is None:
        return Cell("–")
    return Cell("", PACE_STATES[one.pace.state], PACE_WORDS[one.pace.state].lower())


def _light(mark: Mark | None, served: bool) -> Cell:
    """A week that nobody marked stays blank: a dashed ring is no colour."""
    if mark is None:
        return Cell("", "none", _("not set")) if served else Cell("–")
    word = LIGHT_WORDS[mark.state]
    return Cell("", mark.state, f"{word}: {mark.note}" if mark.note else word)


def _goals(goals: Sequence[WeeklyGoal], monday: date, day: date, links: "Links") -> Cell:
    mine = [goal for goal in goals if goal.week_starts_on == monday and not goal.unplanned]
    if not mine:
        return Cell("–")
    met = sum(goal.status == WeeklyGoal.Status.MET for goal in mine)
    is_open = any(goal.status == WeeklyGoal.Status.OPEN for goal in mine)
    url = links.of_week("weekly_goal_hit_rate", monday, day)
    return Cell(f"{met}/{len(mine)}", alarm=met * 2 <= len(mine) and not is_open, url=url)


def _contacts(count: int, monday: date, day: date, links: "Links") -> Cell:
    is_over = monday + WEEK <= day
    return Cell(str(count), alarm=is_over and not count, url=links.contacts(week_of(monday)))


def _tasks(done: Ratio, monday: date, day: date, links: "Links") -> Cell:
    if not done.whole:
        return Cell("–")
    url = links.of_week("on_time_rate", monday, day)
    return Cell(f"{done.part}/{done.whole}", alarm=done.part * 2 <= done.whole, url=url)


def weeks_as_rows(grid: Grid) -> tuple[list[str], list[list[str]]]:
    """The table as a file has it: a column a week, a word where the page shows a mark."""
    header = ["row", *((_("week %(week)s") % {"week": week}) for week in grid.weeks)]
    rows = [[name, *(cell.text or cell.words for cell in cells)] for name, cells in grid.rows]
    return header, rows


@dataclass(frozen=True, slots=True)
class Links:
    """Where the numbers of one client lead."""

    slug: str
    onward: Onward

    def why(self, metric: str, period: Period | None = None) -> str:
        return self.onward.why(metric, f"client:{self.slug}", period)

    def of_week(self, metric: str, monday: date, day: date) -> str:
        """Only of a week that is over: the number of the one that runs is not final yet."""
        return self.why(metric, week_of(monday)) if monday + WEEK <= day else ""

    def contacts(self, period: Period | None = None) -> str:
        asked = {"period": str(period)} if period else {}
        return self.onward.to("client_contacts", self.slug, **asked)

    def moved(self) -> str:
        """The promises of the client whose day was moved without an agreement."""
        return f"{reverse('deadlines')}?client={self.slug}&what=attempt"

    def tasks(self) -> str:
        return self.onward.to("client_tasks", self.slug)
