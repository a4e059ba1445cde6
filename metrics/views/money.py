"""The money page, its months as a CSV."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from godview.access import for_leaders
from godview.http import csv_response
from godview.translating.later import later
from metrics.dashboards.money import MoneyPage, money_page
from metrics.dashboards.survival import Asked
from metrics.queries.stamps import read_stamps
from metrics.views.days import as_known_then
from metrics.views.onward import in_words, period_of
from metrics.views.scoped import scoped

PERIODS = (("month", later("Month")), ("quarter", later("3 months")), ("year", later("Year")))


@for_leaders
@require_GET
@as_known_then
def money(request: HttpRequest) -> HttpResponse:
    day, period = period_of(request)
    part = scoped(request, "money", _("Money"))
    page = money_page(
        read_stamps(),
        day,
        period,
        request.GET.get("month", ""),
        Asked().discount_a_month,
        part.onward,
        part.scope,
    )
    if request.GET.get("format") == "csv":
        head = ("month", *page.lines, "unknown_because")
        return csv_response(f"mrr-{day}.csv", head, _rows(page))
    context = {
        "page": page,
        "part": part,
        "over": in_words(period),
        "periods": PERIODS,
        "period_text": part.onward.period or "quarter",
    }
    return render(request, "metrics/money.html", context)


def _rows(page: MoneyPage) -> Iterable[list[Any]]:
    for month in page.months:
        amounts: list[Any] = [round(cell.signed, 2) for cell in month.cells]
        yield [month.key, *(amounts or [None] * len(page.lines)), month.reason]
