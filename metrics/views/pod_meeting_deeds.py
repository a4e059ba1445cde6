"""What is done in a pod's meeting. Every deed is a form that also works without JavaScript."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clients.models import Client, Pod
from godview.access import staff_of
from metrics.dashboards.cases import open_cases
from metrics.dashboards.pod_meeting.points import to_talk_about
from metrics.dashboards.portfolio import Line, lines_for
from metrics.queries.stamps import read_stamps
from metrics.views.pod_meeting import find_meeting, find_pod, may_lead, meeting_page
from metrics.views.week_saving import refusals
from tasks.meetings import growth, pod, topics
from tasks.meetings.forms import DecisionForm
from tasks.meetings.pod_forms import NoteForm, PodRiskForm
from tasks.models import Meeting, MeetingTurn
from tasks.versions import ChangedMeanwhileError

View = Callable[..., HttpResponse]


def _of_who_leads(view: View) -> View:
    """Managers lead and decide; whoever else is in the pod looks on."""

    @wraps(view)
    def checked(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = find_pod(request, slug)
        if not may_lead(request):
            raise PermissionDenied
        try:
            return view(request, found, *args, **kwargs)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("pod_meeting", found.slug)

    return login_required(checked)


@require_POST
@_of_who_leads
def begin_pod_meeting(request: HttpRequest, found: Pod) -> HttpResponse:
    now = timezone.now()
    lines = _lines(request, found)
    cases = {case.client: case for case in open_cases(lines, read_stamps(), now)}
    order = to_talk_about(lines, cases)
    pod.begin(pod=found, by=staff_of(request.user), worst_first=order, now=now)
    return redirect("pod_meeting", found.slug)


@require_POST
@_of_who_leads
def end_pod_meeting(request: HttpRequest, found: Pod, pk: int) -> HttpResponse:
    growth.end(meeting=find_meeting(found, pk), now=timezone.now())
    return redirect("pod_record", found.slug, pk)


@require_POST
@_of_who_leads
def go_on_with_pod_meeting(request: HttpRequest, found: Pod, pk: int) -> HttpResponse:
    pod.go_on(meeting=find_meeting(found, pk), now=timezone.now())
    return redirect("pod_meeting", found.slug)


@require_POST
@_of_who_leads
def tick_topic(request: HttpRequest, found: Pod, pk: int, key: str) -> HttpResponse:
    done = request.POST.get("done") == "yes"
    topics.tick(meeting=find_meeting(found, pk), topic=key, done=done, now=timezone.now())
    return _back(found, f"topic-{key}")


@require_POST
@_of_who_leads
def take_up_client(request: HttpRequest, found: Pod, pk: int) -> HttpResponse:
    """One more of the pod's clients."""
    asked = request.POST.get("client", "")
    line = next((one for one in _lines(request, found) if one.who.slug == asked), None)
    if line is None:
        raise Http404
    turn = pod.take_up(
        meeting=find_meeting(found, pk),
        client=Client.objects.get(pk=line.id),
        state=line.pace_state,
    )
    return _back(found, f"point-{turn.client.slug}")


@require_POST
@_of_who_leads
def tick_client(request: HttpRequest, found: Pod, pk: int, client: str) -> HttpResponse:
    turn = _turn(request, find_meeting(found, pk), client)
    pod.tick(turn=turn, done=request.POST.get("done") == "yes", now=timezone.now())
    return _back(found, f"point-{client}")


@require_POST
@_of_who_leads
def note_client(request: HttpRequest, found: Pod, pk: int, client: str) -> HttpResponse:
    """Saved as it is typed. Who comes second sees both texts and chooses."""
    turn = _turn(request, find_meeting(found, pk), client)
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise ValidationError(refusals(form))
    try:
        form.carry_out(turn, staff_of(request.user), timezone.now())
    except ChangedMeanwhileError as changed:
        theirs: Any = changed.current
        if theirs.text != form.cleaned_data["text"].strip():
            trouble = {"note": client, "theirs": theirs, "mine": form.cleaned_data["text"]}
            return meeting_page(request, found, trouble)
    return _back(found, f"point-{client}")


@require_http_methods(["GET", "POST"])
@_of_who_leads
def decide_in_pod(request: HttpRequest, found: Pod, pk: int, client: str) -> HttpResponse:
    """A page of its own, or the form under the client's line."""
    turn, now = _turn(request, find_meeting(found, pk), client), timezone.now()
    form = DecisionForm(request.POST or None, initial={"version": 0}, day=timezone.localdate(now))
    form.fields["choice"].required = True
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            pod.decide(turn=turn, by=staff_of(request.user), now=now, **told)
        except ChangedMeanwhileError as changed:
            form.theirs = changed.current
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            return _back(found, f"point-{client}")
    context = {"pod": found, "turn": turn, "form": form, "theirs": form.theirs}
    context["here"] = request.path
    answer = render(request, "metrics/pod_meeting_decide.html", context)
    for name in ("HX-Retarget", "HX-Reselect") if request.method == "POST" else ():
        answer[name] = f"#deed-{client}"  # refused: the form alone is drawn anew, under its line
    return answer


@login_required
@require_POST
def tell_risk_in_pod(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Whoever works in the pod tells what may go wrong."""
    found, now = find_pod(request, slug), timezone.now()
    find_meeting(found, pk)
    by = staff_of(request.user)
    if by is None or not request.user.has_perm("tasks.add_risk"):
        raise PermissionDenied
    clients = [line.id for line in _lines(request, found)]
    day = timezone.localdate(now)
    form = PodRiskForm(request.POST, day=day, clients=clients, auto_id="risk-%s")
    if not form.is_valid():
        return meeting_page(request, found, {"risk_form": form})
    form.carry_out(by, now)
    return _back(found, "topic-risks")


def _lines(request: HttpRequest, found: Pod) -> list[Line]:
    lines = lines_for(request.user, read_stamps(), timezone.localdate())
    return [line for line in lines if line.who.pod_id == found.pk]


def _turn(request: HttpRequest, meeting: Meeting, client: str) -> MeetingTurn:
    turns = MeetingTurn.objects.visible_to(request.user).select_related("client", "meeting__pod")
    return get_object_or_404(turns, meeting=meeting, client__slug=client)


def _back(found: Pod, place: str) -> HttpResponse:
    return redirect(f"{reverse('pod_meeting', args=[found.slug])}#{place}")
