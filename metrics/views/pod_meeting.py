"""The weekly meeting of a pod: its agenda, live while it is held, and the record of each one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from clients.models import Pod
from godview.access import get_visible_or_404, staff_of
from metrics.dashboards.pod_meeting import agenda, record, topics_of
from metrics.queries.pod_meeting import meetings_of
from tasks.meetings.pod_forms import PodRiskForm
from tasks.meetings.topics import PLANNED_MINUTES
from tasks.models import Meeting


@login_required
@require_GET
def pod_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    return meeting_page(request, find_pod(request, slug))


@login_required
@require_GET
def pod_record(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What was said and decided; while the meeting goes on, the meeting itself."""
    pod = find_pod(request, slug)
    meeting = find_meeting(pod, pk)
    now = timezone.now()
    if is_live(meeting, now):
        return redirect("pod_meeting", pod.slug)
    context = {
        "pod": pod,
        "meeting": meeting,
        "page": record(meeting, request.user, now),
        "planned": PLANNED_MINUTES,
        "today": timezone.localdate(now),
        "may_go_on": may_lead(request)
        and meeting.ended_at is not None
        and meeting.held_on == timezone.localdate(now),
    }
    return render(request, "metrics/pod_record.html", context)


def meeting_page(
    request: HttpRequest, pod: Pod, trouble: Mapping[str, Any] | None = None
) -> HttpResponse:
    """`trouble` is a form that was refused, with what was typed."""
    now = timezone.now()
    held = meetings_of(pod)
    live = next((one for one in held if is_live(one, now)), None)
    before = [one for one in held if one != live]
    page = agenda(pod, request.user, live, before[0] if before else None, now)
    topics = topics_of(live, now)
    clients = [line.id for line in page.lines]
    gone = int((now - live.started_at).total_seconds()) if live else 0
    context = {
        "pod": pod,
        "page": page,
        "live": live,
        "held": before,
        "held_today": [one for one in before if one.held_on == page.day],
        "topics": topics,
        "topic": {topic.key: topic for topic in topics},
        "done": sum(topic.done for topic in topics),
        "talked": sum(point.is_done for point in page.points),
        "planned": PLANNED_MINUTES,
        "planned_seconds": PLANNED_MINUTES * 60,
        "gone": gone,
        "minutes": gone // 60,
        "may_lead": may_lead(request),
        "staff": staff_of(request.user),
        "today": page.day,
        "trouble": trouble or {},
        "risk_form": (trouble or {}).get("risk_form")
        or PodRiskForm(day=page.day, clients=clients, auto_id="risk-%s"),
    }
    return render(request, "metrics/pod_meeting.html", context)


def find_pod(request: HttpRequest, slug: str) -> Pod:
    pod: Pod = get_visible_or_404(Pod.objects.select_related("department"), request.user, slug=slug)
    return pod


def find_meeting(pod: Pod, pk: int) -> Meeting:
    rows = Meeting.objects.filter(kind=Meeting.Kind.POD, pod=pod).select_related("started_by")
    return get_object_or_404(rows, pk=pk)


def is_live(meeting: Meeting, now: datetime) -> bool:
    """Begun today and not ended. One that nobody ended on its day is over."""
    return meeting.ended_at is None and meeting.held_on == timezone.localdate(now)


def may_lead(request: HttpRequest) -> bool:
    return request.user.has_perm("tasks.change_meeting")
