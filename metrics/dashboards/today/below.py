"""One altitude down, by name: what was done on time there, week by week."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Department
from godview.periods import full_weeks_before
from godview.templatetags.display import percent, rounded
from metrics.catalogue import CATALOGUE
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line
from metrics.dashboards.today.part import Part, on_time_of
from metrics.dashboards.today.people import counts_of, last_name_first, line_of
from metrics.dashboards.trends import on_time_by_department
from metrics.formulas.ratio import Ratio
from metrics.memory import remembered
from metrics.queries.scopes import Kind, Scope
from metrics.queries.stamps import Stamp, Stamps

# What is listed on Today of each part: the parts that it is made of.
BELOW: dict[Kind, Kind] = {
    "agency": "department",
    "department": "pod",
    "pod": "manager",
    "manager": "pod",
}


@dataclass(frozen=True, slots=True)
class UnitRow:
    name: str
    url: str
    spark: SafeString
    rate: str
    counts: str
    change: str
    rate_url: str


@dataclass(frozen=True, slots=True)
class Unit:
    kind: Kind
    id: int
    name: str
    slug: str


def rows_below(part: Part, lines: Sequence[Line], onward: Onward, drills: bool) -> list[UnitRow]:
    """Tasks done by their first due date, in the last full week."""
    kind = BELOW.get(part.scope.kind)
    if kind is None:
        return []
    if kind == "department":
        units = [Unit(kind, *row) for row in departments(part.stamps)]
    else:
        units = _units(kind, lines)
    return [_row(unit, part, onward, drills) for unit in units]


def departments(stamps: Stamps) -> list[tuple[int, str, str]]:
    return _departments(stamps.of(Department))


@remembered(2)
def _departments(stamp: Stamp) -> list[tuple[int, str, str]]:
    return list(Department.objects.order_by("name").values_list("pk", "name", "slug"))


def _units(kind: Kind, lines: Sequence[Line]) -> list[Unit]:
    """The pods, or the managers, of these clients."""
    if kind == "pod":
        found = {(x.who.pod_id, x.who.pod or "", x.who.pod_slug) for x in lines}
    else:
        found = {
            (x.who.manager_id, last_name_first(x.who.manager or ""), x.who.manager_slug)
            for x in lines
        }
    known = sorted((name, pk, slug) for pk, name, slug in found if pk and slug)
    return [Unit(kind, pk, name, slug) for name, pk, slug in known]


def _row(unit: Unit, part: Part, onward: Onward, drills: bool) -> UnitRow:
    weeks, [last_week] = _weeks(unit, part), full_weeks_before(part.day, 1)
    now = weeks[-1] if weeks else Ratio(0, 0)
    page = "person" if unit.kind == "manager" else unit.kind
    return UnitRow(
        name=unit.name,
        url=onward.part(unit.kind, unit.slug) if drills else onward.to(page, unit.slug),
        spark=line_of(weeks, now, CATALOGUE["on_time_rate"].threshold),
        rate="–" if now.value is None else percent(now.value),
        counts=_("no task was due") if now.value is None else counts_of(now),
        change=_change(weeks),
        rate_url=onward.why("on_time_rate", f"{unit.kind}:{unit.slug}", last_week),
    )


def _weeks(unit: Unit, part: Part) -> list[Ratio]:
    if unit.kind == "department":
        return on_time_by_department(part.stamps, part.day).departments.get(unit.id, [])
    return on_time_of(Scope(unit.kind, unit.id, unit.name), part.stamps, part.day)


def _change(weeks: Sequence[Ratio]) -> str:
    if len(weeks) < 2 or weeks[-1].value is None or weeks[-2].value is None:
        return ""
    points = int(rounded(weeks[-1].value * 100) - rounded(weeks[-2].value * 100))
    if not points:
        return _("same")
    size = abs(points)
    if points > 0:
        return ngettext("↑ %(count)s pt", "↑ %(count)s pts", size) % {"count": size}
    return ngettext("↓ %(count)s pt", "↓ %(count)s pts", size) % {"count": size}
