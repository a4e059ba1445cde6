"""Why a number is what it is: its sentence, its formula with the numbers in place, its rows."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from godview.http import csv_response
from metrics.catalogue import CATALOGUE
from metrics.charts.table_rows import table_rows
from metrics.dashboards.addresses import why_url
from metrics.dashboards.why import why as explained
from metrics.views.asked import day_asked, period_asked, scope_asked

SHOWN = 500
PERIODS = (("month", "Month"), ("quarter", "3 months"), ("year", "Year"))


@login_required
@require_GET
def why(request: HttpRequest, key: str) -> HttpResponse:
    if key not in CATALOGUE:
        raise Http404
    as_of = day_asked(request)
    period = period_asked(request, as_of)
    page = explained(CATALOGUE[key], scope_asked(request), period, as_of, request.user)
    if request.GET.get("format") == "csv":
        rows = (row.cells for row in page.rows.rows)
        return csv_response(f"{key}-{as_of}.csv", page.rows.columns, rows)
    context = {
        "page": page,
        "rows": table_rows(page.rows.rows[:SHOWN], page.rows.numeric),
        "more": max(0, len(page.rows.rows) - SHOWN),
        "periods": PERIODS,
        "asked_period": request.GET.get("period", "quarter"),
        "all_metrics": [(why_url(m.key), m.name, m.key == key) for m in CATALOGUE.values()],
    }
    return render(request, "metrics/why.html", context)
