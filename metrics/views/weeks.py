"""Thirteen weeks of every person, pod or client."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from godview.http import csv_response
from metrics.dashboards.portfolio import lines_for
from metrics.dashboards.today.part import Part
from metrics.dashboards.weeks_grid import METRICS, ROWS, WeeksGrid, weeks_grid
from metrics.dashboards.weeks_grid.drawn import week_cells
from metrics.dashboards.weeks_grid.page import GridRow
from metrics.dashboards.weeks_grid.rows import Kind
from metrics.queries.stamps import read_stamps
from metrics.views.asked import day_asked
from metrics.views.days import as_known_then
from metrics.views.scoped import scoped


@login_required
@require_GET
@as_known_then
def weeks(request: HttpRequest) -> HttpResponse:
    day, stamps = day_asked(request), read_stamps()
    part = scoped(request, "goals", _("Weeks"), stamps)
    kind = cast(Kind, _one_of(request.GET.get("rows", ""), tuple(ROWS)))
    metric = _one_of(request.GET.get("metric", ""), tuple(METRICS))
    lines = Part(part.scope, stamps, day).lines(lines_for(request.user, stamps, day))
    grid = weeks_grid(kind, metric, lines, stamps, day, part.onward)
    if request.GET.get("format") == "csv":
        return _csv(f"{kind}-{metric}-{day}.csv", grid)
    context = {
        "part": part,
        "grid": grid,
        "rows": [(row, _drawn(row, metric, grid)) for row in grid.rows],
        "metric": METRICS[metric],
        "kind": ROWS[kind],
        "judges": metric in ("pace", "light") and kind == "clients",
        "metrics": _choices(METRICS, metric),
        "kinds": _choices(ROWS, kind),
        "clients": len(lines),
    }
    return render(request, "metrics/weeks.html", context)


def _one_of(asked: str, known: tuple[str, ...]) -> str:
    return asked if asked in known else known[0]


def _choices(words: dict[Any, Any], chosen: str) -> list[tuple[str, str, bool]]:
    return [(key, word, key == chosen) for key, word in words.items()]


def _drawn(row: GridRow, metric: str, grid: WeeksGrid) -> SafeString:
    return week_cells(str(METRICS[metric]), grid.weeks, row.cells)


def _csv(name: str, grid: WeeksGrid) -> HttpResponse:
    """Raw numbers: shares, days, or the word of a status; what is unknown is empty."""
    header = ("name", *(f"{week.monday:%G-W%V}" for week in grid.weeks))
    return csv_response(
        name, header, ((r.unit.name, *(c.value for c in r.cells)) for r in grid.rows)
    )
