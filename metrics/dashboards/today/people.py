"""Departments and managers on Today: thirteen weeks each, by name, never ranked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from clients.models import Department
from godview.drawing import sparkline
from godview.periods import Period, full_weeks_before
from godview.templatetags.display import counted, percent, rounded
from metrics.catalogue import CATALOGUE
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, State
from metrics.dashboards.trends import WEEKS
from metrics.formulas.ratio import Ratio
from metrics.memory import remembered
from metrics.queries.on_time_weeks import OnTimeWeeks
from metrics.queries.portfolio import ManagerWeeks
from metrics.queries.stamps import Stamp, Stamps

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


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    name: str
    url: str
    spark: SafeString
    rate: str
    counts: str
    change: str
    rate_url: str


def manager_rows(
    managers: Sequence[ManagerWeeks], lines: Sequence[Line], day: date, onward: Onward
) -> list[PersonRow]:
    """Weekly goals hit over the thirteen weeks, and how many of their clients are off pace."""
    off = Counter(line.who.manager_id for line in lines if line.pace_state == "bad")
    target = CATALOGUE["weekly_goal_hit_rate"].threshold
    rows = [_manager(manager, off[manager.id], target, day, onward) for manager in managers]
    return sorted(rows, key=lambda row: row.name)


def _manager(
    manager: ManagerWeeks, off: int, target: float | None, day: date, onward: Onward
) -> PersonRow:
    total = Ratio(sum(w.part for w in manager.weeks), sum(w.whole for w in manager.weeks))
    weeks, url = full_weeks_before(day, WEEKS), onward.person(manager.id, manager.slug)
    period, scope = Period(weeks[0].start, weeks[-1].end), f"manager:{manager.slug}"
    return PersonRow(
        name=last_name_first(manager.name),
        url=url,
        spark=_line(manager.weeks, total, target),
        rate=_rate(total),
        counts=_counts(total),
        rate_url=onward.why("weekly_goal_hit_rate", scope, period) if url else "",
        off=off,
        off_url=onward.to("clients", manager=manager.slug, pace="off"),
    )


def department_rows(
    departments: Sequence[tuple[int, str, str]], on_time: OnTimeWeeks, day: date, onward: Onward
) -> list[DepartmentRow]:
    """Tasks done by their first due date, in the last full week."""
    target = CATALOGUE["on_time_rate"].threshold
    [last_week] = full_weeks_before(day, 1)
    rows = []
    for pk, name, slug in departments:
        weeks = on_time.departments.get(pk, [])
        now = weeks[-1] if weeks else Ratio(0, 0)
        rows.append(
            DepartmentRow(
                name=name,
                url=onward.to("department", slug),
                spark=_line(weeks, now, target),
                rate=percent(now.value) if now.value is not None else "–",
                counts=_counts(now) if now.value is not None else "no task was due",
                change=_change(weeks),
                rate_url=onward.why("on_time_rate", f"department:{slug}", last_week),
            )
        )
    return rows


def departments(stamps: Stamps) -> list[tuple[int, str, str]]:
    return _departments(stamps.of(Department))


@remembered(2)
def _departments(stamp: Stamp) -> list[tuple[int, str, str]]:
    return list(Department.objects.order_by("name").values_list("pk", "name", "slug"))


def _line(weeks: Sequence[Ratio], now: Ratio, target: float | None) -> SafeString:
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
        return "too few"
    return percent(total.value)


def _counts(total: Ratio) -> str:
    return f"{total.part} of {total.whole}"


def _change(weeks: Sequence[Ratio]) -> str:
    if len(weeks) < 2 or weeks[-1].value is None or weeks[-2].value is None:
        return ""
    points = int(rounded(weeks[-1].value * 100) - rounded(weeks[-2].value * 100))
    if not points:
        return "same"
    return f"{'↑' if points > 0 else '↓'} {counted(abs(points), 'pt')}"


def last_name_first(name: str) -> str:
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first else name
