"""Pods: every pod on one page, and one pod with its people, its clients and its 13 weeks."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clients.models import Pod
from godview.access import get_visible_or_404
from metrics.dashboards.pods import pod_lines, pod_page, without_pod
from metrics.queries.pods import pods_seen_by
from metrics.queries.stamps import read_stamps
from metrics.views.asked import moment_asked
from metrics.views.days import as_known_then, days_of
from metrics.views.onward import in_words, onward_from, period_of, teams
from tasks.deadlines.panel import pod_panel


@login_required
@require_GET
@as_known_then
def pods(request: HttpRequest) -> HttpResponse:
    day, period = period_of(request)
    seen, onward = pods_seen_by(request.user), onward_from(request)
    stamps = read_stamps()
    context = {
        "pods": pod_lines(seen, stamps, period, day, onward),
        "without_pod": without_pod(request.user, stamps, day),
        "teams": teams(onward),
        "kept_over": in_words(period),
    }
    return render(request, "metrics/pods.html", context)


@login_required
@require_GET
@as_known_then
def pod(request: HttpRequest, slug: str) -> HttpResponse:
    with_department = Pod.objects.select_related("department")
    row = get_visible_or_404(with_department, request.user, slug=slug)
    days_of(request).about("pod", row)
    day, period = period_of(request)
    page = pod_page(row, request.user, period, day, onward_from(request))
    ledger = pod_panel(row, request.user, moment_asked(request))
    return render(request, "metrics/pod.html", {"page": page, "ledger": ledger})
