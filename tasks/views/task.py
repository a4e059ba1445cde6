"""One task: who does what by when, and was its day moved?"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clients.models import Assignment, Client
from godview.access import get_visible_or_404, reach_of
from tasks.deadlines.words import EventLine, State, event_lines, state_of
from tasks.models import Promise, Standing, Task, WeeklyGoal


@dataclass(frozen=True, slots=True)
class Promised:
    """A day that was promised with this task, and everything that happened to it since."""

    promise: Promise
    state: State
    lines: list[EventLine]

    @property
    def may_be_postponed(self) -> bool:
        return self.promise.standing.state == Standing.State.OPEN


@login_required
@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    row = _task(request.user, pk)
    today = timezone.localdate()
    mine = Q(projects__memberships__task=row) | Q(promises__task=row)
    clients = Client.objects.visible_to(request.user).filter(mine)
    client = clients.order_by("name").first()
    weekly = WeeklyGoal.objects.visible_to(request.user).filter(task=row)
    goals = list(weekly.select_related("client_goal", "client").order_by("-week_starts_on"))
    promised = _promised(request.user, row)
    context = {
        "task": row,
        "client": client,
        "crumbs": _crumbs(request.user, row, client, goals),
        "projects": row.projects.visible_to(request.user).order_by("name"),
        "parent": _parent(request.user, row),
        "goals": goals,
        "promised": promised,
        "open": next((one for one in promised if one.may_be_postponed), None),
        "today": today,
        "is_late": row.due_on is not None and row.due_on < today and not row.is_completed,
    }
    return render(request, "tasks/task.html", context)


def _task(user: Any, pk: int) -> Task:
    """Seen by those who see its project, or the promise that was made with it."""
    rows = Task.objects.select_related("assignee", "parent")
    promise = Promise.objects.visible_to(user).filter(task=pk).first()
    if promise is not None:
        return rows.get(pk=pk)
    found: Task = get_visible_or_404(rows, user, pk=pk)
    return found


def _parent(user: Any, row: Task) -> Task | None:
    if row.parent_id is None:
        return None
    found: Task | None = Task.objects.visible_to(user).filter(pk=row.parent_id).first()
    return found


def _promised(user: Any, row: Task) -> list[Promised]:
    """The newest promise first; what it only carries on is told with the promise that counts."""
    today = timezone.localdate()
    seen = Promise.objects.visible_to(user).filter(standing__isnull=False)
    about = seen.select_related("client", "owner", "task", "standing__carrier")
    rows = about.filter(task=row) | about.filter(standing__carrier=row)
    return [
        Promised(
            one,
            state_of(one, today),
            event_lines(one, one.events.select_related("actor", "twin", "finding"), today),
        )
        for one in rows.distinct().order_by("-due_on", "-pk")
    ]


def _crumbs(
    user: Any, row: Task, client: Client | None, goals: list[WeeklyGoal]
) -> list[tuple[str, str]]:
    """Agency, pod, manager, client, goal, task: as far as the reader may go."""
    found = [(_("Agency"), reverse("today"))]
    if client is not None:
        found += _team(user, client)
        found.append((client.name, client.get_absolute_url()))
    goal = next((one.client_goal for one in goals if one.client_goal), None)
    if client is not None and goal is not None and goal.client_id == client.pk:
        found.append((goal.name, reverse("goal", args=[client.slug, goal.pk])))
    return [*found, (str(row), "")]


def _team(user: Any, client: Client) -> list[tuple[str, str]]:
    reach = reach_of(user)
    current = Assignment.objects.on(timezone.localdate()).filter(client=client)
    who = current.select_related("pod", "account_manager").first()
    found = []
    if who and who.pod and (reach.everything or who.pod_id in reach.pod_ids):
        found.append((who.pod.name, reverse("pod", args=[who.pod.slug])))
    manager = who.account_manager if who else None
    if manager and (reach.everything or manager.pk == reach.staff_id):
        found.append((manager.name, reverse("person", args=[manager.slug])))
    return found
