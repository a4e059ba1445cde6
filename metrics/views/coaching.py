"""What the best do differently; who practises it, and whether that helped."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError

from godview.access import get_visible_or_404, role_of, staff_of
from godview.http import csv_response
from metrics import coaching_plans
from metrics.dashboards.coaching.compare import Told
from metrics.dashboards.coaching.habits import HABITS
from metrics.dashboards.coaching.page import coaching_page, is_first_to_ask, known, value_of
from metrics.jobs import compare_habits
from metrics.views.days import as_known_then, days_of
from metrics.views.onward import onward_from
from training.access import staff_trained_under
from training.models import CoachingPlan

TRIES = 8
CSV = (
    "habit", "best_third", "others", "difference", "low", "high", "n_best_third", "n_others",
    "p", "certain", "reason",
)  # fmt: skip


@login_required
@require_GET
@as_known_then
def coaching(request: HttpRequest) -> HttpResponse:
    """A worker compares; until it has, the page says so."""
    if role_of(request.user) is None and not request.user.is_superuser:
        raise Http404
    days = days_of(request)
    told = _told(days.as_of, days.known_on)
    if told is None:
        return render(request, "metrics/coaching_waits.html", _look_again(request))
    if request.GET.get("format") == "csv":
        return csv_response(f"habits-{days.as_of}.csv", CSV, _csv_rows(told))
    context = {
        "page": coaching_page(
            request.user,
            told,
            days.as_of,
            request.GET.get("habit", ""),
            onward_from(request),
        ),
        "habits": HABITS,
        "day": days.as_of,
    }
    return render(request, "metrics/coaching.html", context)


def _look_again(request: HttpRequest) -> dict[str, int]:
    """In how many seconds the page asks again by itself: later each time, and not for ever."""
    asked = request.GET.get("try", "0")
    tries = int(asked) if asked.isdecimal() and len(asked) < 3 else TRIES
    return {"tries": tries + 1, "seconds": 1 + tries if tries < TRIES else 0}


def _csv_rows(told: Told) -> Iterable[tuple[Any, ...]]:
    """What is sure, and why the rest is not told. No person is in it."""
    for one in told["findings"]:
        numbers = [one[key] for key in ("winners", "others", "difference", "low", "high")]
        certain = "yes" if one["certain"] else "no"
        yield (one["habit"], *numbers, *one["n"], one["p"], certain, "")
    for one in told["silent"]:
        yield (one["habit"], *[None] * 8, "no", one["reason"])


def _told(day: date, known_on: date | None = None) -> Told | None:
    told = known(day, known_on)
    if told is None and is_first_to_ask(day, known_on):
        try:
            compare_habits.delay(day.isoformat(), known_on.isoformat() if known_on else "")
        except OperationalError:
            return None
        told = known(day, known_on)
    return told


@login_required
@require_POST
def plan_coaching(request: HttpRequest) -> HttpResponse:
    """One person, one habit, and what the two agreed to do."""
    if not request.user.has_perm("training.add_coachingplan"):
        raise PermissionDenied
    coach, habit = staff_of(request.user), HABITS.get(request.POST.get("habit", ""))
    reference = request.POST.get("staff", "")
    found = staff_trained_under(request.user).filter(slug=reference).first()
    if found is None or habit is None or coach is None:
        raise Http404
    value = value_of(_told(timezone.localdate()) or {"managers": {}}, found.pk, habit.key)
    try:
        coaching_plans.plan(
            staff=found,
            coach=coach,
            habit=habit.key,
            steps=request.POST.get("steps", "").strip(),
            value=value,
            today=timezone.localdate(),
        )
        messages.success(
            request,
            (
                _("Planned with %(found_name)s: %(habit_name_lower)s.")
                % {"found_name": found.name, "habit_name_lower": habit.name.lower()}
            ),
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("coaching")


@login_required
@require_POST
def review_coaching(request: HttpRequest, pk: int) -> HttpResponse:
    """Measure the habit again."""
    row: Any = get_visible_or_404(CoachingPlan.objects.all(), request.user, pk=pk)
    if not request.user.has_perm("training.change_coachingplan", row):
        raise PermissionDenied
    value = value_of(_told(timezone.localdate()) or {"managers": {}}, row.staff_id, row.habit)
    result = request.POST.get("result", "").strip()[:300]
    try:
        coaching_plans.review(row=row, value=value, result=result, today=timezone.localdate())
        messages.success(request, _("Reviewed."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("coaching")
