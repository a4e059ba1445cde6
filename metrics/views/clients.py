from collections.abc import Sequence
from datetime import date
from typing import Any

import django_tables2
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from godview.access import reach_of
from godview.http import csv_response
from metrics.charts.client_row import Urls, client_row
from metrics.dashboards.clients_table import clients_in_need
from metrics.dashboards.early_warning import all_scores, warning_of
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, lines_for
from metrics.dashboards.segments.codes import rcm_codes
from metrics.dashboards.today.part import Part
from metrics.filters import ClientsFilter
from metrics.queries.scopes import AGENCY, find_scope
from metrics.queries.stamps import Stamps, read_stamps
from metrics.tables import CSV_HEADER, ClientsTable, csv_row, table_row
from metrics.views.asked import moment_asked
from metrics.views.days import as_known_then
from metrics.views.onward import onward_from
from metrics.views.scoped import segments_offered


@login_required
@require_GET
@as_known_then
def clients(request: HttpRequest) -> HttpResponse:
    """All clients a person may see: filter, sort, CSV. One page, however many there are."""
    now = moment_asked(request)
    day, stamps = timezone.localdate(now), read_stamps()
    lines = lines_for(request.user, stamps, day)
    sees_all = reach_of(request.user).everything
    form = ClientsFilter(request.GET, lines, segments_offered(day, stamps) if sees_all else ())
    asked = form.asked()
    scores, codes = all_scores(stamps, day), rcm_codes(stamps, day) if sees_all else {}
    in_need = clients_in_need(lines, stamps, now) if "needs" in asked else []
    in_segment = _in_segment(asked.get("segment", ""), lines, stamps, day)
    chosen = form.chosen(in_need, in_segment)
    rows_of = [table_row(line, scores.get(line.id), codes.get(line.id)) for line in chosen]
    table = ClientsTable(rows_of, exclude=() if sees_all else ("rcm",))
    django_tables2.RequestConfig(request, paginate=False).configure(table)
    onward = onward_from(request)
    shown: list[Line] = [row["line"] for row in table.data]
    if request.GET.get("format") == "csv":
        raw = (csv_row(line, scores.get(line.id), codes.get(line.id)) for line in shown)
        return csv_response(f"clients-{day}.csv", CSV_HEADER, raw)
    language = get_language()
    rows = [
        client_row(
            line,
            warning_of(scores.get(line.id)),
            day,
            _urls(line, onward),
            codes.get(line.id, "") if sees_all else None,
            language,
        )
        for line in shown
    ]
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "table": table,
        "shown": len(shown),
        "all": len(lines),
        "rows": mark_safe("".join(rows)),  # noqa: S308
        "totals": _totals(shown),
        "day": day,
    }
    return render(request, "metrics/clients.html", context)


def _in_segment(text: str, lines: Sequence[Line], stamps: Stamps, day: date) -> list[int]:
    scope = find_scope(text) if text else AGENCY
    return [line.id for line in Part(scope, stamps, day).lines(lines)]


def _urls(line: Line, onward: Onward) -> Urls:
    who = line.who
    return Urls(
        client=onward.to("client", who.slug),
        manager=onward.person(who.manager_id, who.manager_slug) if who.manager_slug else "",
        pod=onward.to("pod", who.pod_slug) if who.pod_slug else "",
    )


def _totals(lines: list[Line]) -> dict[str, Any]:
    judged = [line for line in lines if line.pace and line.pace.state.is_judged]
    waits = [line.days for line in lines if line.days is not None]
    known = [line.mrr for line in lines if line.mrr is not None]
    return {
        "judged": len(judged),
        "on_pace": sum(line.pace_state == "good" for line in judged),
        "over": sum(line.contact_state == "bad" for line in lines),
        "mean_days": sum(waits) / len(waits) if waits else None,
        "mrr": sum(known) if known else None,
        "unvalued": len(lines) - len(known),
    }
