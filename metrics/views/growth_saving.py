"""A decision is saved while it is typed: 200 saved, 409 somebody was first, 422 refused and why."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from godview.access import staff_of
from metrics.views.growth_turns import may_lead_or_refuse, turns_seen
from metrics.views.week_saving import refusals
from tasks.meetings.forms import DecisionForm
from tasks.models import Decision
from tasks.versions import ChangedMeanwhileError


@login_required
@require_POST
def save_decision(request: HttpRequest, pk: int, place: int) -> JsonResponse:
    """Only Next makes a promise of it; until then it may be changed."""
    turn = get_object_or_404(turns_seen(request, pk), place=place)
    may_lead_or_refuse(request)
    now = timezone.now()
    form = DecisionForm(request.POST, day=timezone.localdate(now))
    if not form.is_valid():
        return JsonResponse({"reasons": refusals(form)}, status=422)
    try:
        saved = form.carry_out(turn, staff_of(request.user), now)
    except ChangedMeanwhileError as changed:
        if not form.is_saved_in(changed.current):
            here = reverse("growth_slide", args=[pk, place])
            context = {"form": form, "theirs": changed.current, "here": here}
            both = render_to_string("metrics/_decided_meanwhile.html", context, request)
            return JsonResponse({"both": both}, status=409)
        saved = changed.current  # type: ignore[assignment]
    except ValidationError as refusal:
        return JsonResponse({"reasons": refusal.messages}, status=422)
    if saved is None:
        return JsonResponse({"version": 0, "says": ""})
    return JsonResponse({"version": saved.version, "says": saved_in_words(saved)})


def saved_in_words(decision: Decision) -> str:
    """Saved 14:32. Becomes a fixed weekly goal for week 47."""
    said = _("Saved %(clock)s.") % {"clock": f"{timezone.localtime(decision.decided_at):%H:%M}"}
    if not decision.text:
        return said
    week = (decision.due_on or timezone.localdate(decision.decided_at)).isocalendar().week
    promised = _("With Next it becomes a fixed weekly goal for week %(week)s.") % {"week": week}
    return f"{said} {promised}"
