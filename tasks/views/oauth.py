"""To Asana's page on which a person allows our app, and back from it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from godview.access import for_leaders
from godview.translating.later import later
from tasks.asana_forms import AppForm
from tasks.connect_steps import SetUp

if TYPE_CHECKING:
    from tasks.asana.oauth import Question

ASKED = "asana_question"
REFUSALS = {
    "access_denied": later(
        "You did not allow it in Asana. Nothing was changed: try again, and click Allow there."
    ),
    "invalid_request": later(
        "Asana did not take our question: is the redirect URL of your app in Asana "
        "exactly the one shown below?"
    ),
    "unauthorized_client": later(
        "Asana does not let this app ask: in Asana's developer console, open "
        "your app, Manage distribution, and choose your workspace."
    ),
    "invalid_scope": later(
        "Your app in Asana lacks permissions: in the developer console, open it, "
        "OAuth, and choose Full permissions."
    ),
}


def back_url(request: HttpRequest) -> str:
    """Where Asana sends people back to: what the app in Asana must name as its redirect URL."""
    path = reverse("tasks:connect_callback")
    root = settings.PUBLIC_URL.rstrip("/")
    return root + path if root else request.build_absolute_uri(path)


def allow_asana(page: HttpResponse) -> HttpResponse:
    """A form on this page may lead to Asana's."""
    root = settings.ASANA_BASE_URL.rstrip("/").removesuffix("/api/1.0")
    page._csp_update = {"form-action": [root]}  # type: ignore[attr-defined]
    return page


@require_POST
@sensitive_post_parameters("client_secret")
@for_leaders
def ask(request: HttpRequest) -> HttpResponse:
    from tasks import connecting
    from tasks.asana import oauth
    from tasks.views.connect import token_page

    form = AppForm(request.POST)
    if not form.is_valid():
        return token_page(request, SetUp(), app=form)
    app = form.cleaned_data or {
        "client_id": settings.ASANA_CLIENT_ID,
        "client_secret": settings.ASANA_CLIENT_SECRET,
    }
    connecting.ask_permission(oauth.Grant(**app))
    question = oauth.Question.new()
    request.session[ASKED] = [question.state, question.verifier]
    return redirect(oauth.page_of(app["client_id"], question, back_url(request)))


@require_GET
@for_leaders
def callback(request: HttpRequest) -> HttpResponse:
    """The person is back, with a code or with a refusal. A question is good for one answer."""
    from tasks import connecting
    from tasks.views.connect import entered

    try:
        draft, question = SetUp().draft, _question(request)
        if draft is None or not draft.refresh_token:
            raise ValidationError(_("Nothing was asked of Asana: begin again."))
        code = request.GET.get("code", "")
        back = back_url(request)
        return entered(
            request, connecting.take_permission(draft, code, question, back, timezone.now)
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("tasks:connect_token")


def _question(request: HttpRequest) -> "Question":
    from tasks.asana.oauth import Question

    asked = request.session.pop(ASKED, None)
    if not asked or not constant_time_compare(asked[0], request.GET.get("state", "")):
        raise ValidationError(
            _("This answer of Asana belongs to another question, or was used before: begin again.")
        )
    if refusal := request.GET.get("error", ""):
        raise ValidationError(
            REFUSALS.get(refusal, _("Asana refused. Try again, or use a personal access token."))
        )
    if not request.GET.get("code"):
        raise ValidationError(_("Asana sent no code: begin again."))
    return Question(*asked)
