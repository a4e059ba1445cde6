"""Setting Asana up, step by step. Each has an address, and can be left and come back to."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from godview.access import for_leaders
from tasks.asana_forms import AppForm, BeginForm, TokenForm
from tasks.connect_steps import STEPS, SetUp
from tasks.models import AsanaConnection, SyncRun
from tasks.read_report import report_of
from tasks.views.mapping_lists import project_list, user_list
from tasks.views.oauth import allow_asana, back_url
from tasks.views.reading import read_soon

Row = TypeVar("Row")
# A project has about as many pages of tasks, and one question for its events.
PAGES = 3
StepView = Callable[Concatenate[HttpRequest, SetUp, ...], HttpResponse]


def step(name: str, *methods: str) -> Callable[[StepView], Any]:
    """One that cannot be opened yet, or any more, leads to the one to go on with."""

    def decorate(view: StepView) -> Any:
        @wraps(view)
        def opened(request: HttpRequest) -> HttpResponse:
            state = SetUp()
            if not state.may_open(name):
                return redirect("tasks:connect")
            return view(request, state)

        return for_leaders(require_http_methods(["GET", "HEAD", *methods])(opened))

    return decorate


def found(row: Row | None) -> Row:
    """What `step` has seen to be there."""
    if row is None:
        raise Http404
    return row


def show(request: HttpRequest, state: SetUp, name: str, **more: Any) -> HttpResponse:
    names = list(STEPS)
    context = {
        "name": name,
        "number": names.index(name) + 1,
        "steps": state.steps(),
        "title": STEPS[name],
        "connection": state.connection,
        "draft": state.draft,
        "now": timezone.now(),
        **more,
    }
    status = 422 if any(getattr(form, "errors", None) for form in more.values()) else 200
    return render(request, f"tasks/connect/{name}.html", context, status=status)


@require_GET
@for_leaders
def start(request: HttpRequest) -> HttpResponse:
    """Where it was left."""
    return redirect(f"tasks:connect_{SetUp().at}")


@sensitive_post_parameters("token")
@step("token", "POST")
def token(request: HttpRequest, state: SetUp) -> HttpResponse:
    form = TokenForm(request.POST or None)
    if form.is_valid():
        from tasks import connecting  # loads Asana's library, which no other page needs

        try:
            key = connecting.Pass(form.cleaned_data["token"])
            return entered(request, connecting.enter(key, timezone.now))
        except ValidationError as error:
            form.add_error("token", error)
    return token_page(request, state, form=form)


def token_page(request: HttpRequest, state: SetUp, **forms: Any) -> HttpResponse:
    with_forms = {"form": TokenForm(), "app": AppForm(), **forms}
    return allow_asana(show(request, state, "token", back=back_url(request), **with_forms))


def entered(request: HttpRequest, connection: AsanaConnection) -> HttpResponse:
    """On to what comes next: another workspace is listed first, a known one is read again."""
    if not connection.workspace_gid:
        return redirect("tasks:connect_workspace")
    messages.success(
        request,
        (
            _("Connected to %(connection)s, as %(connection_acts_as)s.")
            % {"connection": connection, "connection_acts_as": connection.acts_as}
        ),
    )
    read_soon(connection, full=connection.is_working)
    return redirect("tasks:asana" if connection.read_at else "tasks:connect")


@step("workspace", "POST")
def workspace(request: HttpRequest, state: SetUp) -> HttpResponse:
    from tasks import connecting

    draft, trouble, reached = found(state.draft), "", None
    try:
        if "again" in request.POST:
            connecting.renew(draft, timezone.now)
            return redirect("tasks:connect_workspace")
        if request.method == "POST":
            chosen = request.POST.get("workspace", "")
            return entered(request, connecting.choose(draft, chosen, timezone.now))
        reached = connecting.reached_by(draft, timezone.now)
    except ValidationError as error:
        trouble = " ".join(error.messages)
    return show(request, state, "workspace", reached=reached, trouble=trouble)


@require_POST
@for_leaders
def start_over(request: HttpRequest) -> HttpResponse:
    """Forget the permission whose workspace nobody has chosen."""
    AsanaConnection.objects.filter(workspace_gid="").delete()
    return redirect("tasks:connect_token")


@step("projects")
def projects(request: HttpRequest, state: SetUp) -> HttpResponse:
    """Without projects yet: how far the listing is, or why it failed."""
    more = {"list": project_list(request, found(state.connection))} if state.is_listed else {}
    return show(request, state, "projects", run=state.last_run, **more)


@step("users")
def users(request: HttpRequest, state: SetUp) -> HttpResponse:
    return show(request, state, "users", list=user_list(request, found(state.connection)))


@require_POST
@for_leaders
def list_again(request: HttpRequest) -> HttpResponse:
    """Ask Asana again who and what there is: for a new connection, nothing more is read."""
    connection = SetUp().connection
    if connection and (connection.is_new or connection.is_working):
        read_soon(connection, full=False)
    return redirect("tasks:connect_projects")


@step("read", "POST")
def read(request: HttpRequest, state: SetUp) -> HttpResponse:
    connection = found(state.connection)
    form = BeginForm(request.POST or None, connection=connection)
    if request.method == "POST" and connection.is_new and form.is_valid():
        return _begin(request, connection, form.cleaned_data["requests_per_minute"])
    run = None if connection.is_new else state.first_read
    projects = connection.projects.to_read().count()
    left_out = connection.projects.in_asana().filter(left_out=True).count()
    at_least = timedelta(minutes=projects * PAGES / form.allowed) if form.allowed else None
    counts = {"to_read": projects, "left_out": left_out, "at_least": at_least}
    return show(request, state, "read", form=form, run=run, **counts)


def _begin(request: HttpRequest, connection: AsanaConnection, per_minute: int) -> HttpResponse:
    from tasks.connecting import begin

    if SyncRun.objects.unfinished().filter(connection=connection).exists():
        messages.error(request, _("Asana's projects are still being listed: begin in a moment."))
    else:
        begin(connection, per_minute)
        read_soon(connection, full=True)
    return redirect("tasks:connect_read")


@step("report")
def report(request: HttpRequest, state: SetUp) -> HttpResponse:
    run = found(state.first_read)
    return show(request, state, "report", run=run, report=report_of(run))
