"""One department: its weeks, its pods, its people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from clients.models import Department, Staff
from godview.access import reach_of
from godview.periods import Period, full_weeks_before
from godview.templatetags.display import percent
from metrics.dashboards.departments.on_time import KEY, OnTime, on_time
from metrics.dashboards.figures import none_due
from metrics.dashboards.grid import WEEKS, Grid, Row, share_row
from metrics.dashboards.onward import Onward
from metrics.dashboards.pods import PodLine, pod_lines
from metrics.dashboards.pods.lines import Person
from metrics.dashboards.trends import on_time_by_department
from metrics.formulas.ratio import Ratio
from metrics.queries.departments import people_of
from metrics.queries.pods import pods_seen_by
from metrics.queries.stamps import read_stamps


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    department: Department
    director_url: str
    agency_url: str
    lead: str
    on_time: OnTime
    why_url: str
    grid: Grid
    pods: list[PodLine]
    people: list[Person]


def department_page(
    department: Department, user: Any, period: Period, day: date, onward: Onward
) -> DepartmentPage:
    """Its weeks and names are everybody's; its pods are those the reader may see."""
    stamps = read_stamps()
    weeks = on_time_by_department(stamps, day).departments.get(department.pk, [])
    pods = [pod for pod in pods_seen_by(user) if pod.department_id == department.pk]
    scope = f"department:{department.slug}" if _may_look_behind(user, department) else ""
    director, told = department.director, on_time(weeks)
    last = full_weeks_before(day, 1)[0]
    return DepartmentPage(
        department=department,
        director_url=onward.person(director.pk, director.slug) if director else "",
        agency_url=onward.to("today"),
        lead=_lead(told, last),
        on_time=told,
        why_url=onward.why(KEY, scope, last) if scope else "",
        grid=_grid(weeks, day, scope, onward),
        pods=pod_lines(pods, stamps, period, day, onward),
        people=[_person(one, onward) for one in people_of(department, day)],
    )


def _may_look_behind(user: Any, department: Department) -> bool:
    """Whether the reader may see the rows behind the department's number."""
    reach = reach_of(user)
    return reach.everything or department.pk in reach.department_ids


def _lead(told: OnTime, week: Period) -> str:
    number = week.start.isocalendar().week
    if told.rate == "–":
        return (
            none_due(
                KEY,
                (_("No task of this department was due in week %(number)s") % {"number": number}),
            )
            + "."
        )
    parts = (
        (
            _("%(told_rate)s of tasks on time in week %(number)s (%(told_told)s)")
            % {"told_rate": told.rate, "number": number, "told_told": told.told}
        ),
        told.change,
        told.usual,
    )
    return f"{'. '.join(part for part in parts if part)}."


def _grid(weeks: Sequence[Ratio], day: date, scope: str, onward: Onward) -> Grid:
    full = full_weeks_before(day, WEEKS)
    shares = list(weeks) or [Ratio(0, 0)] * WEEKS
    urls = [onward.why(KEY, scope, week) if scope else "" for week in full]
    counts = share_row(_("Done of due"), _("tasks done by the first due date"), KEY, shares, urls)
    return Grid(
        [week.start.isocalendar().week for week in full], [_in_percent(counts, shares), counts]
    )


def _in_percent(counts: Row, shares: Sequence[Ratio]) -> Row:
    """The same weeks as shares."""
    pairs = zip(counts.cells, shares, strict=True)
    cells = [x if y.value is None else replace(x, text=percent(y.value)) for x, y in pairs]
    return Row(_("Tasks on time"), cells)


def _person(one: Staff, onward: Onward) -> Person:
    return Person(one.name, one.get_role_display(), onward.person(one.pk, one.slug))
