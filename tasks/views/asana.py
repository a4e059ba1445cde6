"""The Asana page: the connection, what is being read, whose each project and user is."""

from dataclasses import dataclass
from typing import Any

import structlog
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError

from clients.models import Client, Staff
from godview.access import for_leaders
from godview.templatetags.display import counted
from tasks.asana_forms import ConnectForm, MappingForm
from tasks.jobs import run_sync
from tasks.mapping import Mapped, map_projects, map_users
from tasks.models import AsanaConnection, SyncRun, SyncUnit
from tasks.sync.asking import ask_for_run
from tasks.sync.matching import proposal

log = structlog.get_logger(__name__)
RUNS_SHOWN = 50


@dataclass(frozen=True)
class Line:
    """A project or user of Asana with the name we know it by, or the one we would guess."""

    row: Any
    name: str
    guessed: bool


@require_GET
@for_leaders
def asana(request: HttpRequest) -> HttpResponse:
    return page(request, ConnectForm())


def page(request: HttpRequest, form: ConnectForm) -> HttpResponse:
    connection = AsanaConnection.objects.first()
    context: dict[str, Any] = {"form": form, "connection": connection}
    if connection:
        context |= {"run": connection.runs.first(), **mapping(connection)}
    return render(request, "tasks/asana.html", context, status=422 if form.errors else 200)


def mapping(connection: AsanaConnection) -> dict[str, Any]:
    """Every project and user, those that nobody has been matched to first."""
    clients = [(client.name, client) for client in Client.objects.order_by("name")]
    staff = [(one.name, one) for one in Staff.objects.order_by("name")]
    projects = connection.projects.in_asana().select_related("client", "unit")
    users = connection.asana_users.filter(deleted_at=None).select_related("staff")
    counts = projects.aggregate(
        total=Count("pk"), unmatched=Count("pk", filter=Q(client=None, left_out=False))
    )
    return {
        "clients": [name for name, _ in clients],
        "staff": [name for name, _ in staff],
        "projects": [
            _line(row, row.client, clients)
            for row in projects.order_by(F("client__name").asc(nulls_first=True), "name")
        ],
        "users": [
            _line(row, row.staff, staff)
            for row in users.order_by(F("staff__name").asc(nulls_first=True), "name")
        ],
        "unmatched_projects": counts["unmatched"],
        "unmatched_users": users.filter(staff=None).count(),
    }


def _line(row: Any, known: Any, others: list[tuple[str, Any]]) -> Line:
    if known is not None or row.matched_by or getattr(row, "left_out", False):
        return Line(row, known.name if known else "", guessed=False)
    guess = proposal(row.name, others)
    return Line(row, guess.name if guess else "", guessed=guess is not None)


@require_POST
@sensitive_post_parameters("token")
@for_leaders
def connect(request: HttpRequest) -> HttpResponse:
    from tasks.connecting import connect as tie  # loads Asana's library, which no other page needs

    form = ConnectForm(request.POST)
    if form.is_valid():
        try:
            connection = tie(**form.cleaned_data, now=timezone.now)
        except ValidationError as error:
            form.add_error("token", error)
        else:
            read_soon(connection, full=True)
            messages.success(request, f"Connected to {connection}. Reading it now.")
            return redirect("tasks:asana")
    return page(request, form)


@require_POST
@for_leaders
def read(request: HttpRequest, pk: int) -> HttpResponse:
    connection = get_object_or_404(AsanaConnection, pk=pk)
    if not connection.is_working:
        messages.error(request, "The connection is stopped: give it a new token first.")
    else:
        read_soon(connection, full="full" in request.POST)
        messages.success(request, "Reading Asana now.")
    return redirect("tasks:asana")


@require_POST
@for_leaders
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """A person looked: so many tasks of this project were really deleted."""
    frozen = SyncUnit.objects.filter(state=SyncUnit.State.FROZEN).select_related("project")
    unit = get_object_or_404(frozen, project=pk)
    SyncUnit.objects.filter(pk=unit.pk).update(deletions_accepted=True)
    read_soon(unit.project.connection, full=False)
    messages.success(request, f"Accepted for {unit.project}. Reading Asana again now.")
    return redirect("tasks:asana")


def read_soon(connection: AsanaConnection, *, full: bool) -> None:
    run = ask_for_run(connection, timezone.now(), full=full)
    transaction.on_commit(lambda: nudge(run.pk))


def nudge(run_id: int) -> None:
    """Without a broker the run is not lost: it is taken up as soon as one is back."""
    try:
        run_sync.delay(run_id)
    except OperationalError:
        log.warning("broker_unreachable", run=run_id)


@require_POST
@for_leaders
def projects(request: HttpRequest, pk: int) -> HttpResponse:
    connection = get_object_or_404(AsanaConnection, pk=pk)
    form = MappingForm(request.POST, rows=list(connection.projects.values_list("pk", flat=True)))
    if form.is_valid():
        tell(request, map_projects(connection, form.names(), form.left_out()), "project", "client")
    return redirect("tasks:asana")


@require_POST
@for_leaders
def users(request: HttpRequest, pk: int) -> HttpResponse:
    connection = get_object_or_404(AsanaConnection, pk=pk)
    form = MappingForm(request.POST, rows=list(connection.asana_users.values_list("pk", flat=True)))
    if form.is_valid():
        tell(request, map_users(connection, form.names()), "user", "member of staff")
    return redirect("tasks:asana")


def tell(request: HttpRequest, mapped: Mapped, what: str, whom: str) -> None:
    for name in mapped.refused.values():
        messages.error(request, f"There is no {whom} called “{name}”. Choose one from the list.")
    messages.success(request, f"Saved: {counted(mapped.changed, what)} changed.")


@require_GET
@for_leaders
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page asks for every two seconds while a run goes on."""
    run = get_object_or_404(SyncRun.objects.select_related("connection"), pk=pk)
    return render(request, "tasks/_run.html", {"run": run})


@require_GET
@for_leaders
def runs(request: HttpRequest) -> HttpResponse:
    latest = SyncRun.objects.select_related("connection")[:RUNS_SHOWN]
    return render(request, "tasks/runs.html", {"runs": latest})
