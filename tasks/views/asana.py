"""The Asana page: the connection, and what is being read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from godview.access import for_leaders
from tasks.asana_forms import ConnectForm
from tasks.models import AsanaConnection, DeadLetter, SyncRun, SyncUnit
from tasks.views.mapping import mapping
from tasks.views.reading import read_soon

RUNS_SHOWN = 50
LETTERS_SHOWN = 50


@require_GET
@for_leaders
def asana(request: HttpRequest) -> HttpResponse:
    return page(request, ConnectForm())


def page(request: HttpRequest, form: ConnectForm) -> HttpResponse:
    connection = AsanaConnection.objects.first()
    context: dict[str, Any] = {"form": form, "connection": connection, "now": timezone.now()}
    if connection:
        letters = DeadLetter.objects.open().filter(connection=connection).select_related("project")
        context |= {
            "run": connection.runs.first(),
            "letters": letters[:LETTERS_SHOWN],
            **mapping(request, connection),
        }
    return render(request, "tasks/asana.html", context, status=422 if form.errors else 200)


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
