"""Meetings: the list of them; a growth review, client after client, and what it decided."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.models import Pod
from godview.access import get_visible_or_404, reach_of, staff_of
from metrics.dashboards.growth_review import course, listed, slide, worst_first
from metrics.dashboards.pod_meeting.listed import turns_of_pods
from metrics.dashboards.portfolio import lines_for
from metrics.queries.pods import pods_seen_by
from metrics.queries.stamps import read_stamps
from metrics.views.growth_saving import saved_in_words
from metrics.views.growth_turns import may_lead_or_refuse, turns_seen
from tasks.meetings import growth
from tasks.meetings.forms import DecisionForm
from tasks.models import Decision, MeetingTurn
from tasks.versions import ChangedMeanwhileError


@login_required
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    today, pods = timezone.localdate(), pods_seen_by(request.user)
    context = {
        "reviews": listed(request.user),
        "pods": pods,
        "pods_turns": turns_of_pods(pods, today),
        "for_the_agency": reach_of(request.user).everything,
        "today": today,
    }
    return render(request, "metrics/meetings.html", context)


@login_required
@require_POST
def begin_review(request: HttpRequest) -> HttpResponse:
    """A review of one pod, or of the agency by those who see all of it."""
    may_lead_or_refuse(request)
    slug, now = request.POST.get("pod", ""), timezone.now()
    pod = get_visible_or_404(Pod.objects.all(), request.user, slug=slug) if slug else None
    if pod is None and not reach_of(request.user).everything:
        raise Http404
    lines = lines_for(request.user, read_stamps(), timezone.localdate(now))
    mine = [line for line in lines if pod is None or line.who.pod_id == pod.pk]
    try:
        meeting = growth.begin(
            pod=pod, by=staff_of(request.user), worst_first=worst_first(mine), now=now
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("meetings")
    return redirect("go_on_with_review", meeting.pk)


@login_required
@require_GET
def go_on_with_review(request: HttpRequest, pk: int) -> HttpResponse:
    """At the first client who was not reviewed yet; when there is none, at the end."""
    turns = turns_seen(request, pk)
    place = turns.filter(reviewed_at=None).values_list("place", flat=True).first()
    return redirect("growth_slide", pk, place) if place else redirect("growth_end", pk)


@login_required
@require_http_methods(["GET", "POST"])
def growth_slide(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """One client. Next keeps what was decided and counts the client as reviewed."""
    turns = turns_seen(request, pk)
    turn = get_object_or_404(turns, place=place)
    now = timezone.now()
    page = slide(turn, now)
    form = DecisionForm(request.POST or None, initial=_as_decided(page.decision), day=page.day)
    after = [one.place for one in turns if one.place > place]
    if request.method == "POST":
        may_lead_or_refuse(request)
        if _passed_on(request, form, turn):
            return redirect("growth_slide", pk, after[0]) if after else redirect("growth_end", pk)
    context = {
        "page": page,
        "turn": turn,
        "turns": turns,
        "form": form,
        "previous": max((one.place for one in turns if one.place < place), default=None),
        "course": course(turn, list(turns), now),
        "saved": saved_in_words(page.decision) if page.decision else "",
        "theirs": form.theirs,
        "here": request.path,
        "may_decide": request.user.has_perm("tasks.change_meeting") and not turn.meeting.ended_at,
    }
    return render(request, "metrics/growth_review.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def growth_end(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided, and who was not reached."""
    turns = turns_seen(request, pk)
    meeting = turns[0].meeting
    if request.method == "POST":
        may_lead_or_refuse(request)
        growth.end(meeting=meeting, now=timezone.now())
        return redirect("growth_end", pk)
    decisions = Decision.objects.visible_to(request.user).filter(meeting=meeting)
    context = {
        "meeting": meeting,
        "turns": turns,
        "reviewed": sum(turn.reviewed_at is not None for turn in turns),
        "skipped": [turn for turn in turns if turn.reviewed_at is None],
        "decisions": decisions.select_related("client", "owner").order_by("decided_at"),
        "may_end": request.user.has_perm("tasks.change_meeting") and not meeting.ended_at,
    }
    return render(request, "metrics/growth_review_end.html", context)


def _as_decided(decision: Decision | None) -> dict[str, object]:
    if decision is None:
        return {"version": 0}
    names = ("choice", "text", "owner", "due_on", "version")
    return {name: getattr(decision, name) for name in names}


def _passed_on(request: HttpRequest, form: DecisionForm, turn: MeetingTurn) -> bool:
    """Both or nothing: a decision that cannot be promised is shown again as it was sent."""
    if not form.is_valid():
        return False
    seconds, now = request.POST.get("seconds", ""), timezone.now()
    decision = Decision.objects.filter(meeting=turn.meeting, client=turn.client).first()
    is_promised = decision is not None and decision.weekly_goal_id is not None
    try:
        with transaction.atomic():
            if not is_promised:
                _carry_out(request, form, turn)
            growth.pass_on(turn=turn, seconds=int(seconds) if seconds.isdecimal() else 0, now=now)
    except ChangedMeanwhileError as changed:
        form.theirs = changed.current
        return False
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return False
    if is_promised and form.has_changed():
        messages.info(request, _("The decision is a promised weekly goal and stays as it was."))
    return True


def _carry_out(request: HttpRequest, form: DecisionForm, turn: MeetingTurn) -> None:
    """What the page saved by itself a moment ago is no conflict."""
    try:
        form.carry_out(turn, staff_of(request.user), timezone.now())
    except ChangedMeanwhileError as changed:
        if not form.is_saved_in(changed.current):
            raise
