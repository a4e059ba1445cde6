"""The small forms in the rows of My week.

Each posts one thing. With htmx only its row and the counts come back; without JavaScript the
browser is sent back to the row, or gets the page with what was typed and why it was refused.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from clients.forms import ContactForm, Deed, DeedForm
from clients.models import Client
from clients.views import undo_contact
from godview.access import get_visible_or_404, staff_of
from godview.undo import Undo, tell
from metrics.dashboards.week import Trouble, WeekPage
from metrics.views.week import address, asked_page, context_of, query, show, show_row
from metrics.views.week_saving import is_saving, refusals, save_in_place
from tasks import weekly_goals
from tasks.light_form import LightForm
from tasks.models import WeeklyGoal
from tasks.versions import ChangedMeanwhileError
from tasks.week_forms import (
    AddGoalForm,
    EditGoalForm,
    GoalRowForm,
    MarkForm,
    NoteForm,
    PlanGoalForm,
    ReasonForm,
    WeekForm,
    WithdrawForm,
)

View = Callable[..., HttpResponse]


def for_those_who(permission: str) -> Callable[[View], View]:
    """A view for those with a permission. The others are told so; a foreign row is not found."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, **named)

        return login_required(guarded)

    return decorate


@require_http_methods(["GET", "POST"])
@for_those_who("tasks.add_weeklygoal")
def add_goal(request: HttpRequest, slug: str) -> HttpResponse:
    deed = _deed(request, slug)
    if request.method == "GET":
        return _show_form(request, "add", deed.client)
    return _submit(request, "add", AddGoalForm(request.POST, deed=deed))


@require_http_methods(["GET", "POST"])
@for_those_who("tasks.change_weeklygoal")
def edit_goal(request: HttpRequest, pk: int) -> HttpResponse:
    named = _goal(request, pk)
    if request.method == "GET":
        return _show_form(request, "edit", named["deed"].client, named["goal"])
    return _submit(request, "edit", EditGoalForm(request.POST, **named))


@require_POST
@for_those_who("tasks.change_weeklygoal")
def mark_goal(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    fields = {"status": request.POST.get("status", ""), "version": version}
    return _submit(request, "mark", MarkForm(fields, **_goal(request, pk)))


@require_POST
@for_those_who("tasks.change_weeklygoal")
def plan_goal(request: HttpRequest, pk: int) -> HttpResponse:
    return _submit(request, "plan", PlanGoalForm(request.POST, **_goal(request, pk)))


@require_POST
@for_those_who("tasks.change_weeklygoal")
def give_reason(request: HttpRequest, pk: int) -> HttpResponse:
    return _submit(request, "reason", ReasonForm(request.POST, **_goal(request, pk)))


@require_POST
@for_those_who("tasks.delete_weeklygoal")
def withdraw_goal(request: HttpRequest, pk: int) -> HttpResponse:
    return _submit(request, "edit", WithdrawForm(request.POST, **_goal(request, pk)))


@require_POST
@for_those_who("tasks.change_weeklygoal")
def write_note(request: HttpRequest, slug: str) -> HttpResponse:
    return _submit(request, "note", NoteForm(request.POST, deed=_deed(request, slug)))


@require_POST
@for_those_who("clients.add_trafficlight")
def set_light(request: HttpRequest, slug: str) -> HttpResponse:
    return _submit(request, "light", LightForm(request.POST, deed=_deed(request, slug)))


@require_http_methods(["GET", "POST"])
@for_those_who("clients.add_touchpoint")
def log_contact(request: HttpRequest, slug: str) -> HttpResponse:
    deed = _deed(request, slug)
    if request.method == "GET":
        return _show_form(request, "contact", deed.client)
    return _submit(request, "contact", ContactForm(request.POST, deed=deed))


@require_POST
@for_those_who("tasks.change_weeklygoal")
def promise_week(request: HttpRequest) -> HttpResponse:
    """Promise the shown manager's goals now, before the week's lock does."""
    page = asked_page(request)
    if page.manager is not None:
        clock = page.clock
        promised = weekly_goals.commit_week(
            manager=page.manager, week_starts_on=clock.monday, now=clock.now
        )
        pattern = ngettext(
            "%(count)s goal promised for week %(week)s.",
            "%(count)s goals promised for week %(week)s.",
            promised,
        )
        messages.success(request, pattern % {"count": promised, "week": clock.number})
    return redirect(address(page))


def _deed(request: HttpRequest, slug: str) -> Deed:
    client = get_visible_or_404(Client.objects.all(), request.user, slug=slug)
    return Deed(client, staff_of(request.user), timezone.now())


def _goal(request: HttpRequest, pk: int) -> dict[str, Any]:
    goals = WeeklyGoal.objects.select_related("client")
    goal = get_visible_or_404(goals, request.user, pk=pk)
    return {"goal": goal, "deed": Deed(goal.client, staff_of(request.user), timezone.now())}


def _show_form(
    request: HttpRequest, name: str, client: Client, goal: WeeklyGoal | None = None
) -> HttpResponse:
    """A form by itself: htmx puts it into the row, and without JavaScript it is a page."""
    page = asked_page(request)
    row = page.row_of(client)
    line = row.line_of(goal.pk) if row and goal else None
    if row is None or (goal and line is None):
        raise Http404
    context = context_of(request, page) | {
        "row": row,
        "line": line,
        "choices": row.choices(line),
        "form": name,
    }
    template = f"metrics/_week_{name}.html" if request.htmx else "metrics/week_form.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _submit(request: HttpRequest, name: str, form: DeedForm) -> HttpResponse:
    if is_saving(request) and isinstance(form, WeekForm):
        return save_in_place(request, form)
    client, goal_id = form.deed.client, form.goal.pk if isinstance(form, GoalRowForm) else None
    reasons = _carry_out(form)
    page = asked_page(request)
    trouble = Trouble(client, goal_id, name, reasons, _typed(form)) if reasons else None
    back = f"{address(page)}#row-{client.slug}"
    if trouble is None and (name == "contact" or not request.htmx):  # type: ignore[attr-defined]
        tell(request, str(form.done).format(client=client), _undo(form, page, back))
    if request.htmx:  # type: ignore[attr-defined]
        row = page.row_of(client)
        if row is None:  # no longer in this grid
            return HttpResponse(headers={"HX-Redirect": address(page)})
        focus = "" if trouble else row.after(name, goal_id)
        return show_row(request, page, row, focus, trouble)
    if trouble is not None:
        return show(request, page, trouble)
    return redirect(back)


def _undo(form: DeedForm, page: WeekPage, back: str) -> Undo | None:
    """A contact and a mark are taken back; what is typed in a field is put right in the field."""
    if isinstance(form, ContactForm):
        return undo_contact(form.touchpoint, back)
    if isinstance(form, MarkForm) and form.saved.status != WeeklyGoal.Status.OPEN:
        url = reverse("mark_week_goal", args=[form.goal.pk, form.saved.version])
        return Undo(f"{url}?{query(page)}", {"status": WeeklyGoal.Status.OPEN})
    return None


def _typed(form: DeedForm) -> dict[str, str]:
    return {field: str(form.data.get(field, "")) for field in form.fields}


def _carry_out(form: DeedForm) -> list[str]:
    """Do what the form says; why not, in sentences, when it cannot be done."""
    if not form.is_valid():
        return refusals(form)
    try:
        form.carry_out()
    except ValidationError as error:
        if isinstance(error, ChangedMeanwhileError) and isinstance(form, WeekForm):
            return [*error.messages, form.both(error.current)]
        return error.messages
    return []
