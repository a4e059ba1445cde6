"""Which tactics win, across clients: grouped and filtered as the address says."""

from typing import Any

import django_tables2
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from godview.http import csv_response
from metrics.charts.interval_plot import SHARE, axis
from metrics.dashboards.onward import Onward
from metrics.dashboards.tactics import By, TacticGroup, groups, record, wanted
from metrics.formulas.tactics import decisive_share, tactic_win_rate
from metrics.queries.tactics import tactic_rows
from metrics.tactic_filters import BY, TacticsFilter, by_asked, period_of
from metrics.tactic_table import (
    CSV_HEADER,
    ROWS_HEADER,
    TacticsTable,
    csv_row,
    rows_row,
    table_row,
)
from metrics.views.asked import day_asked
from metrics.views.days import as_known_then
from metrics.views.scoped import scoped

MOST_ROWS = 200  # on the page; the CSV has all of them


@login_required
@require_GET
@as_known_then
def tactics(request: HttpRequest) -> HttpResponse:
    day, by = day_asked(request), by_asked(request.GET.get("by"))
    period = period_of(request.GET.get("period"), day)
    part = scoped(request, "tactics", _("Tactics"))
    rows = tactic_rows(request.user, period, part.scope)
    form = TacticsFilter(request.GET, rows)
    chosen = form.chosen()
    table = TacticsTable([table_row(group) for group in groups(chosen, by)])
    django_tables2.RequestConfig(request, paginate=False).configure(table)
    shown: list[TacticGroup] = [row["group"] for row in table.data]
    behind = wanted(chosen, request.GET.get("rows", ""))
    if request.GET.get("format") == "csv":
        if behind:
            told = (rows_row(row) for row in behind.rows)
            return csv_response(f"tactics-{behind.word}-{day}.csv", ROWS_HEADER, told)
        lines = (csv_row(group, by) for group in shown)
        return csv_response(f"tactics-{day}.csv", CSV_HEADER, lines)
    found = record(chosen)
    context: dict[str, Any] = {
        "form": form,
        "part": part,
        "asked": form.asked(),
        "by": by,
        "bys": BY,
        "table": table,
        "groups": [
            (group, _leads_to(group, by, request.GET, part.onward), _only(group, by, request.GET))
            for group in shown
        ],
        "behind": behind,
        "behind_shown": MOST_ROWS,
        "behind_slice": f":{MOST_ROWS}",
        "record": found,
        "rate": tactic_win_rate(found),
        "decisive": decisive_share(found),
        "running": len(chosen) - found.closed,
        "all": len(rows),
        "axis": axis(SHARE, (0.0, 0.5, 1.0)),
        "why_url": part.onward.within("why", "tactic_win_rate", period="year"),
        "day": day,
    }
    return render(request, "metrics/tactics.html", context)


def _only(group: TacticGroup, by: By, asked: QueryDict) -> str:
    """This page with nothing but the group in it; what has no name cannot be asked for."""
    if not group.slug:
        return ""
    query = asked.copy()
    query[by], query["by"] = group.slug, by
    query.pop("rows", None)
    return f"?{query.urlencode()}"


def _leads_to(group: TacticGroup, by: By, asked: QueryDict, onward: Onward) -> str:
    """A client's own page; of anything else, its clients."""
    if not group.slug:
        return ""
    if by == "client":
        return f"{onward.to('client', group.slug)}#tactics"
    query = asked.copy()
    query[by], query["by"] = group.slug, "client"
    query.pop("sort", None)
    query.pop("rows", None)
    return f"?{query.urlencode()}"
