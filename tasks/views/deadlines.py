"""The ledger as a list: every promise to clients, what became of it, and what waits."""

from typing import Any

import django_tables2
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from godview.http import csv_response
from tasks.deadlines import reading
from tasks.deadlines.filters import DeadlineFilters
from tasks.deadlines.table import CSV_HEADER, DeadlinesTable, csv_row
from tasks.deadlines.words import state_of

ROWS_A_PAGE = 50


@login_required
@require_GET
def deadlines(request: HttpRequest) -> HttpResponse:
    """What was promised by which day, and which days moved. Filters stand in the address."""
    today = timezone.localdate()
    filtered = DeadlineFilters(
        request.GET, reading.ledger(request.user), request=request, today=today
    )
    counts = reading.counts(filtered.qs)
    table = DeadlinesTable(filtered.qs)
    django_tables2.RequestConfig(request, paginate=False).configure(table)
    matters_first = reading.MattersFirst(filtered.qs, counts)
    if request.GET.get("format") == "csv":
        rows = reading.with_open_matters(table.data.data) if table.order_by else matters_first.all()
        lines = (csv_row(row, today) for row in rows)
        return csv_response(f"deadlines-{today}.csv", CSV_HEADER, lines)
    keys = table.data.data.values_list("pk", flat=True) if table.order_by else matters_first
    page = _pages(keys, counts["all"]).get_page(request.GET.get("page"))
    shown = reading.in_full(list(page.object_list))
    context = {
        "form": filtered.form,
        "asked": filtered.asked(),
        "counts": counts,
        "table": table,
        "rows": page,
        "lines": [(row, state_of(row, today)) for row in shown],
        "today": today,
    }
    return render(request, "tasks/deadlines.html", context)


def _pages(rows: Any, count: int) -> Paginator[Any]:
    """The count is known already: it need not be asked again."""
    pages = Paginator(rows, ROWS_A_PAGE)
    pages.__dict__["count"] = count
    return pages
