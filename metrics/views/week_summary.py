"""My week in words for the clients, to be copied into a mail or a chat."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from metrics.dashboards.week.summary import week_summaries
from metrics.views.week import address, asked_page


@login_required
@require_GET
def week_summary(request: HttpRequest) -> HttpResponse:
    page = asked_page(request)
    told = {"page": page, "clock": page.clock, "back": address(page)}
    return render(request, "metrics/week_summary.html", told | {"summaries": week_summaries(page)})
