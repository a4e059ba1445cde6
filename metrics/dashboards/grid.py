"""Thirteen weeks of a team or a person, a column each; the last one is the week that runs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from godview.periods import WEEK, Period, monday_of
from godview.templatetags.display import counted
from godview.translating.later import later
from metrics.catalogue import CATALOGUE
from metrics.dashboards.figures import FAR_OFF
from metrics.dashboards.onward import Onward
from metrics.formulas.ratio import Ratio
from metrics.queries.weeks import GoalWeek

WEEKS = 13
FEWEST = 4  # cases below which a week is not judged


@dataclass(frozen=True, slots=True)
class Cell:
    """One week of one row: what it says, in full for a reader, and where it leads."""

    text: str
    words: str = ""
    url: str = ""
    alarm: bool = False  # in red and bold


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    weeks: list[int]
    rows: list[Row]


NOTHING = Cell("–", later("nothing to count"))


def mondays_to(day: date, weeks: int = WEEKS) -> list[date]:
    return [monday_of(day) - WEEK * back for back in range(weeks - 1, -1, -1)]


def week_numbers(day: date) -> list[int]:
    return [monday.isocalendar().week for monday in mondays_to(day)]


def goals_row(weeks: Mapping[date, GoalWeek], day: date, scope: str, onward: Onward) -> Row:
    """Weekly goals met of those promised; a week that still has open ones is not judged."""
    cells = []
    for monday in mondays_to(day):
        found = weeks.get(monday)
        if found is None or not found.committed:
            cells.append(NOTHING)
            continue
        ratio = Ratio(found.met, found.committed)
        is_over = monday + WEEK <= day or not found.open
        url = onward.why("weekly_goal_hit_rate", scope, Period(monday, monday + WEEK))
        words = _("%(found_met)s of %(found_committed)s weekly goals hit") % {
            "found_met": found.met,
            "found_committed": found.committed,
        }
        alarm = is_over and is_far_off("weekly_goal_hit_rate", ratio)
        cells.append(Cell(f"{found.met}/{found.committed}", words, url, alarm))
    return Row(_("Weekly goals hit"), cells)


def contacts_row(name: str, weeks: Counter[date], day: date) -> Row:
    """How often clients heard from us. A count without a limit: never in red."""
    counts = [weeks[monday] for monday in mondays_to(day)]
    return Row(name, [Cell(str(count), counted(count, "contact")) for count in counts])


def share_row(name: str, what: str, key: str, shares: Sequence[Ratio], urls: Sequence[str]) -> Row:
    """A share of cases week by week, judged by the target of its metric."""
    cells = []
    for share, url in zip(shares, urls, strict=True):
        if not share.whole:
            cells.append(NOTHING)
            continue
        words = _("%(share_part)s of %(share_whole)s %(what)s") % {
            "share_part": share.part,
            "share_whole": share.whole,
            "what": what,
        }
        text = f"{share.part}/{share.whole}"
        cells.append(Cell(text, words, url, is_far_off(key, share)))
    return Row(name, cells)


def is_far_off(key: str, share: Ratio) -> bool:
    target, value = CATALOGUE[key].threshold, share.value
    if value is None or target is None or share.whole < FEWEST:
        return False
    return value < target - FAR_OFF
