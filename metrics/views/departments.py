"""Departments: all of them, and one with its pods, its people and its on-time rate."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from clients.models import Department
from godview.hindsight import with_hindsight
from metrics.dashboards.departments import department_lines, department_page
from metrics.queries.pods import pods_seen_by
from metrics.queries.stamps import read_stamps
from metrics.views.asked import day_asked
from metrics.views.days import as_known_then, days_of
from metrics.views.onward import in_words, onward_from, period_of, teams


@login_required
@require_GET
@as_known_then
def departments(request: HttpRequest) -> HttpResponse:
    onward, day = onward_from(request), day_asked(request)
    lines = department_lines(pods_seen_by(request.user), read_stamps(), day, onward)
    context = {"departments": lines, "teams": teams(onward)}
    return render(request, "metrics/departments.html", context)


@login_required
@require_GET
@as_known_then
def department(request: HttpRequest, slug: str) -> HttpResponse:
    with with_hindsight():
        row = get_object_or_404(Department.objects.select_related("director"), slug=slug)
    days_of(request).about("department", row)
    day, period = period_of(request)
    page = department_page(row, request.user, period, day, onward_from(request))
    context = {"page": page, "kept_over": in_words(period)}
    return render(request, "metrics/department.html", context)
