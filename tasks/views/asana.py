"""The Asana page: the connection, and what is being read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from godview.access import for_leaders
from tasks.connect_steps import SetUp
from tasks.models import AsanaConnection, DeadLetter, SyncRun, SyncUnit
from tasks.views.mapping_lists import project_list, user_list
from tasks.views.reading import read_soon

RUNS_SHOWN = 50
LETTERS_SHOWN = 50


@require_GET
@for_leaders
def asana(request: HttpRequest) -> HttpResponse:
    connection = SetUp().connection
    context: dict[str, Any] = {"connection": connection, "now": timezone.now()}
    if connection:
        letters = DeadLetter.objects.open().filter(connection=connection).select_related("project")
        context |= {
            "run": connection.runs.first(),
            "letters": letters[:LETTERS_SHOWN],
            "projects": project_list(request, connection),
            "users": user_list(request, connection),
        }
    return render(request, "tasks/asana.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_leaders
def disconnect(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more, because nobody wants to lose the tie by one click."""
    connection = get_object_or_404(AsanaConnection.objects.tied(), pk=pk)
    if request.method != "POST":
        return render(request, "tasks/disconnect.html", {"connection": connection})
    from tasks.disconnecting import disconnect as untie  # loads Asana's library

    untie(connection, by=str(request.user), now=timezone.now())
    messages.success(
        request,
        (
            _("Disconnected from %(connection)s. All that was read is kept.")
            % {"connection": connection}
        ),
    )
    return redirect("tasks:asana")


@require_POST
@for_leaders
def read(request: HttpRequest, pk: int) -> HttpResponse:
    connection = get_object_or_404(AsanaConnection, pk=pk)
    if not connection.is_working:
        messages.error(request, _("The connection is stopped: give it a new token first."))
    else:
        read_soon(connection, full="full" in request.POST)
        messages.success(request, _("Reading Asana now."))
    return redirect("tasks:asana")


@require_POST
@for_leaders
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """A person looked: so many tasks of this project were really deleted."""
    frozen = SyncUnit.objects.filter(state=SyncUnit.State.FROZEN).select_related("project")
    unit = get_object_or_404(frozen, project=pk)
    SyncUnit.objects.filter(pk=unit.pk).update(deletions_accepted=True)
    read_soon(unit.project.connection, full=False)
    messages.success(
        request,
        (
            _("Accepted for %(unit_project)s. Reading Asana again now.")
            % {"unit_project": unit.project}
        ),
    )
    return redirect("tasks:asana")


@require_GET
@for_leaders
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page asks for every two seconds while a run goes on."""
    run = get_object_or_404(SyncRun.objects.select_related("connection"), pk=pk)
    answer = render(request, "tasks/_run.html", {"run": run})
    if run.is_finished and run.connection.is_new:
        answer["HX-Refresh"] = "true"  # now there is a list to show below it
    return answer


@require_GET
@for_leaders
def runs(request: HttpRequest) -> HttpResponse:
    latest = SyncRun.objects.select_related("connection")[:RUNS_SHOWN]
    return render(request, "tasks/runs.html", {"runs": latest})
