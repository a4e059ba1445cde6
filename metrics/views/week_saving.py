"""My week saves as one types: each field is sent by itself, and answered in a few words of JSON.

200 saved, 409 somebody saved the row meanwhile (both texts come back), 422 refused and why.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from clients.models import TrafficLight
from metrics.views.week import asked_page, context_of, query
from tasks.models import WeeklyGoal
from tasks.versions import ChangedMeanwhileError
from tasks.week_forms import AddGoalForm, WeekForm

JSON = "application/json"


def is_saving(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == JSON


def save_in_place(request: HttpRequest, form: WeekForm) -> JsonResponse:
    """Carry a form out. What came in before, and whose answer was lost, is saved already."""
    if not form.is_valid():
        return _refused(refusals(form))
    try:
        form.carry_out()
    except ChangedMeanwhileError as error:
        if not form.is_saved_in(error.current):
            return _changed_meanwhile(form, error.current)
        form.saved = error.current
    except ValidationError as error:
        form.saved = form.set_before() if isinstance(form, AddGoalForm) else None
        if form.saved is None:
            return _refused(error.messages)
    return _saved(request, form)


def refusals(form: Form) -> list[str]:
    return [
        f"{form.fields[name].label}: {reason}" if name in form.fields else str(reason)
        for name, reasons in form.errors.items()
        for reason in reasons
    ]


def _saved(request: HttpRequest, form: WeekForm) -> JsonResponse:
    """What the page needs to go on: the row's new version, and the counts of the whole week."""
    page = asked_page(request)
    context = context_of(request, page)
    told = {
        **(_row(form.saved) if form.saved else {}),  # one taken out is gone
        "at": f"{timezone.localtime(form.deed.now):%H:%M}",
        "query": f"?{query(page)}",
        "heading": render_to_string("metrics/_week_heading.html", context, request),
        "counts": render_to_string("metrics/_week_counts.html", context, request),
    }
    return JsonResponse(told)


def _changed_meanwhile(form: WeekForm, current: Any) -> JsonResponse:
    return JsonResponse({**_row(current), "reasons": [form.both(current)]}, status=409)


def _refused(reasons: list[str]) -> JsonResponse:
    return JsonResponse({"reasons": reasons}, status=422)


def _row(row: Any) -> dict[str, Any]:
    """A goal, a note or a light as it is saved now, in the names of the fields."""
    if isinstance(row, TrafficLight):
        return {"id": row.pk, "version": row.pk, "color": row.color, "note": row.note}
    told = {"id": row.pk, "version": row.version, "text": row.text}
    if isinstance(row, WeeklyGoal):
        serves = row.client_goal_id or ""
        told |= {"status": row.status, "note": row.note, "client_goal": str(serves)}
    return told
