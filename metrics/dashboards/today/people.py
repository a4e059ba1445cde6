"""Departments and managers on Today: thirteen weeks each, by name, never ranked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from godview.drawing import sparkline
from godview.folding import by_letters
from godview.periods import Period, full_weeks_before
from godview.templatetags.display import percent
from metrics.catalogue import CATALOGUE
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, State
from metrics.dashboards.trends import WEEKS
from metrics.formulas.ratio import Ratio
from metrics.queries.portfolio import ManagerWeeks

SMALL = (76, 19)
ALARM = 0.15  # so far below the target, a line ends in a square
FEWEST = 8  # cases below which no rate is shown


@dataclass(frozen=True, slots=True)
class PersonRow:
    name: str
    url: str
    spark: SafeString
    rate: str
    counts: str
    rate_url: str
    off: int
    off_url: str


def manager_rows(
    managers: Sequence[ManagerWeeks],
    lines: Sequence[Line],
    day: date,
    onward: Onward,
    drills: bool = True,
) -> list[PersonRow]:
    """Weekly goals hit over the thirteen weeks, and how many of their clients are off pace.

    A name leads down to Today of that manager where that is open to the reader, else to the page.
    """
    off = Counter(line.who.manager_id for line in lines if line.pace_state == "bad")
    target = CATALOGUE["weekly_goal_hit_rate"].threshold
    rows = [_manager(one, off[one.id], target, day, onward, drills) for one in managers]
    return sorted(rows, key=lambda row: by_letters(row.name))


def _manager(
    manager: ManagerWeeks, off: int, target: float | None, day: date, onward: Onward, drills: bool
) -> PersonRow:
    total = Ratio(sum(w.part for w in manager.weeks), sum(w.whole for w in manager.weeks))
    weeks, url = full_weeks_before(day, WEEKS), onward.person(manager.id, manager.slug)
    period, scope = Period(weeks[0].start, weeks[-1].end), f"manager:{manager.slug}"
    return PersonRow(
        name=last_name_first(manager.name),
        url=onward.part("manager", manager.slug) if url and drills else url,
        spark=line_of(manager.weeks, total, target),
        rate=_rate(total),
        counts=counts_of(total),
        rate_url=onward.why("weekly_goal_hit_rate", scope, period) if url else "",
        off=off,
        off_url=onward.to("clients", manager=manager.slug, pace="off"),
    )


def line_of(weeks: Sequence[Ratio], now: Ratio, target: float | None) -> SafeString:
    values = [week.value for week in weeks]
    return sparkline(values, _state(now, target), target, scale=(0.0, 1.0), size=SMALL)


def _state(now: Ratio, target: float | None) -> State:
    if now.value is None or target is None or now.whole < FEWEST:
        return "none"
    if now.value < target - ALARM:
        return "bad"
    return "watch" if now.value < target - ALARM / 2 else "good"


def _rate(total: Ratio) -> str:
    if total.value is None or total.whole < FEWEST:
        return _("too few")
    return percent(total.value)


def counts_of(total: Ratio) -> str:
    return _("%(part)s of %(whole)s") % {"part": total.part, "whole": total.whole}


def last_name_first(name: str) -> str:
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first else name
