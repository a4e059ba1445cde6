"""One weekly goal's task in Asana: made, chosen, marked done, let go of. Each is asked for here."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from godview.access import get_visible_or_404, staff_of
from godview.http import onward_url
from tasks import goal_tasks
from tasks.goal_task_states import state_of
from tasks.models import Task, TaskWrite, WeeklyGoal
from tasks.views.reading import send_soon


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def goal_task(request: HttpRequest, pk: int) -> HttpResponse:
    rows = WeeklyGoal.objects.select_related("client", "manager", "task", "promise")
    goal: WeeklyGoal = get_visible_or_404(rows, request.user, pk=pk)
    trouble = ""
    if request.method == "POST":
        if not request.user.has_perm("tasks.change_weeklygoal", goal):
            raise PermissionDenied
        deed = DEEDS.get(request.POST.get("deed", ""))
        try:
            if deed is None:
                raise ValidationError(_("Choose what to do."))
            messages.success(request, deed(request, goal))
            return redirect(onward_url(request, request.get_full_path()))
        except ValidationError as refusal:
            trouble = " ".join(refusal.messages)
    return _page(request, goal, trouble)


def _page(request: HttpRequest, goal: WeeklyGoal, trouble: str) -> HttpResponse:
    words = request.GET.get("words", "").strip()
    found = goal_tasks.tasks_for(goal, words)
    seen = Task.objects.visible_to(request.user).select_related("assignee")
    context = {
        "goal": goal,
        # It may have been moved since to where this person sees nothing.
        "task": seen.filter(pk=goal.task_id).first() if goal.task_id else None,
        "client": goal.client,
        "found": found[: goal_tasks.SHOWN],
        "more": max(0, found.count() - goal_tasks.SHOWN),
        "may_change": request.user.has_perm("tasks.change_weeklygoal", goal),
        "now": state_of(goal),
        "projects": goal_tasks.projects_for(goal),
        "trouble": trouble,
        "words": words,
    }
    status = 422 if trouble else 200
    return render(request, "tasks/goal_task.html", context, status=status)


def _make(request: HttpRequest, goal: WeeklyGoal) -> str:
    by, now, project = staff_of(request.user), timezone.now(), _number(request, "project")
    send_soon(goal_tasks.make(goal=goal, project_id=project, by=by, now=now))
    return _("The task is asked for. It is pending until Asana has it.")


def _adopt(request: HttpRequest, goal: WeeklyGoal) -> str:
    row = goal_tasks.adopt(goal=goal, task_id=_number(request, "task"), now=timezone.now())
    return _("The goal is worked on in “%(task)s”.") % {"task": row.task}


def _let_go(request: HttpRequest, goal: WeeklyGoal) -> str:
    goal_tasks.let_go(goal=goal)
    return _("Let go of the task. In Asana nothing was changed.")


def _finish(done: bool) -> Callable[[HttpRequest, WeeklyGoal], str]:
    def finish(request: HttpRequest, goal: WeeklyGoal) -> str:
        by, now = staff_of(request.user), timezone.now()
        send_soon(goal_tasks.finish(goal=goal, done=done, by=by, now=now))
        return _("Asked for. It is pending until Asana has it.")

    return finish


def _try_again(request: HttpRequest, goal: WeeklyGoal) -> str:
    failed = goal.writes.filter(state=TaskWrite.State.FAILED).order_by("-asked_at", "-pk").first()
    if failed is None:
        raise ValidationError(_("Nothing has failed: there is nothing to try again."))
    send_soon(goal_tasks.try_again(write=failed))
    return _("Trying again. Whether it happened after all is looked up first.")


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


DEEDS: dict[str, Callable[[HttpRequest, WeeklyGoal], Any]] = {
    "make": _make,
    "adopt": _adopt,
    "let go": _let_go,
    "finish": _finish(True),
    "reopen": _finish(False),
    "try again": _try_again,
}
