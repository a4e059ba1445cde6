"""Why a number is what it is: its sentence, its formula, its last 13 values and its rows."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from godview.http import csv_response
from metrics.catalogue import CATALOGUE
from metrics.dashboards.onward import Onward
from metrics.dashboards.why import Question
from metrics.dashboards.why import why as explained
from metrics.dashboards.why.sheet import sheet
from metrics.queries.reach import may_know
from metrics.views.asked import known_on_asked, scope_asked
from metrics.views.days import takes_days
from metrics.views.onward import onward_from, period_of

PERIODS = (
    ("month", gettext_lazy("Month")),
    ("quarter", gettext_lazy("3 months")),
    ("year", gettext_lazy("Year")),
)


@login_required
@require_GET
@takes_days
def why(request: HttpRequest, key: str) -> HttpResponse:
    if key not in CATALOGUE:
        raise Http404
    onward = onward_from(request)
    question = _question(request, key, onward)
    if not may_know(request.user, question.metric.permission, question.scope):
        raise Http404
    page = explained(question, request.user, onward)
    if request.GET.get("format") == "csv":
        return csv_response(f"{key}-{question.as_of}.csv", page.header, page.raw_rows())
    number = request.GET.get("page", "1")
    rows = sheet(
        page.rows,
        request.GET.get("rows", ""),
        int(number) if number.isdecimal() and len(number) < 7 else 1,
        question.as_of,
    )
    is_drawer = request.headers.get("HX-Target") == "drawer"
    context = {
        "page": page,
        "sheet": rows,
        "periods": PERIODS,
        "question": question,
        "is_drawer": is_drawer,
    }
    template = "metrics/_why_drawer.html" if is_drawer else "metrics/why.html"
    return render(request, template, context)


def _question(request: HttpRequest, key: str, onward: Onward) -> Question:
    day, period = period_of(request)
    return Question(
        metric=CATALOGUE[key],
        scope=scope_asked(request),
        period=period,
        as_of=day,
        scope_text=request.GET.get("scope") or "agency",
        period_text=onward.period or "quarter",
        known_on=known_on_asked(request),
    )
