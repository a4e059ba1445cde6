"""The money page, its months as a CSV."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from godview.access import for_leaders
from godview.http import csv_response
from metrics.dashboards.money import MoneyPage, money_page
from metrics.dashboards.money.months import LINES
from metrics.dashboards.survival import Asked
from metrics.queries.stamps import read_stamps
from metrics.views.days import as_known_then
from metrics.views.onward import in_words, onward_from, period_of

PERIODS = (("month", "Month"), ("quarter", "3 months"), ("year", "Year"))


@for_leaders
@require_GET
@as_known_then
def money(request: HttpRequest) -> HttpResponse:
    day, period = period_of(request)
    page = money_page(
        read_stamps(),
        day,
        period,
        request.GET.get("month", ""),
        Asked().discount_a_month,
        onward_from(request),
    )
    if request.GET.get("format") == "csv":
        return csv_response(f"mrr-{day}.csv", ("month", *LINES, "unknown_because"), _rows(page))
    onward = onward_from(request)
    context = {
        "page": page,
        "lines": LINES,
        "over": in_words(period),
        "periods": PERIODS,
        "period_text": onward.period or "quarter",
    }
    return render(request, "metrics/money.html", context)


def _rows(page: MoneyPage) -> Iterable[list[Any]]:
    for month in page.months:
        amounts: list[Any] = [round(cell.signed, 2) for cell in month.cells] or [None] * len(LINES)
        yield [month.key, *amounts, month.reason]
