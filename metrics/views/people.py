"""People: staff by name, never ranked; one person against their own past."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from godview.hindsight import with_hindsight
from metrics.dashboards.people import person_lines, person_page
from metrics.queries.people import colleagues_of
from metrics.queries.stamps import read_stamps
from metrics.views.asked import day_asked, moment_asked
from metrics.views.days import as_known_then, days_of
from metrics.views.onward import onward_from, teams
from tasks.deadlines.panel import person_panel


@login_required
@require_GET
@as_known_then
def people(request: HttpRequest) -> HttpResponse:
    onward = onward_from(request)
    lines = person_lines(request.user, read_stamps(), day_asked(request), onward)
    return render(request, "metrics/people.html", {"people": lines, "teams": teams(onward)})


@login_required
@require_GET
@as_known_then
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """For leaders, the directors of their department, their pods, and themselves."""
    with with_hindsight():
        open_to_reader = colleagues_of(request.user, timezone.localdate())
        row = get_object_or_404(open_to_reader.select_related("department"), slug=slug)
    days_of(request).about("manager", row)
    page = person_page(row, request.user, day_asked(request), onward_from(request))
    ledger = person_panel(row, request.user, moment_asked(request))
    return render(request, "metrics/person.html", {"page": page, "ledger": ledger})
