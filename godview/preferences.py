"""Settings: what a person chooses for themselves, and where the agency's own settings are."""

from typing import Any, NamedTuple

from django.conf import settings as configured
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from godview.glossary import TERMS
from godview.http import onward_url
from godview.shell import WHOM
from godview.theme import THEMES, theme_of


class Place(NamedTuple):
    word: str | Promise
    told: str | Promise
    url_name: str
    for_whom: str = "leaders"


class Shown(NamedTuple):
    word: str
    told: str
    url: str


MINE = (
    Place(
        gettext_lazy("Password"),
        gettext_lazy("Choose another one"),
        "account_change_password",
        "everybody",
    ),
    Place(
        gettext_lazy("Glossary"),
        gettext_lazy("What each word here means, once"),
        "glossary",
        "everybody",
    ),
)
AGENCY = (
    Place(
        gettext_lazy("Limits"), gettext_lazy("Where each rule alarms, tried out first"), "limits"
    ),
    Place(gettext_lazy("Asana"), gettext_lazy("What is read, how fresh it is"), "tasks:asana"),
    Place(gettext_lazy("Import"), gettext_lazy("Clients and numbers from a file"), "import"),
    Place(
        gettext_lazy("Wall display"),
        gettext_lazy("Links for screens on the floor"),
        "wall_settings",
    ),
    Place(gettext_lazy("First steps"), gettext_lazy("What is left to set up"), "welcome"),
    Place(
        gettext_lazy("People and pods"),
        gettext_lazy("Who works here, who answers for whom"),
        "admin:clients_staff_changelist",
        "admin",
    ),
)
TOKENS = Place(
    gettext_lazy("API tokens"), gettext_lazy("For programs that read for you"), "api_tokens"
)


@login_required
@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    tokens = (TOKENS,) if request.user.has_perm("clients.view_apitoken") else ()
    mine = [*_shown(request, MINE), *(shown for place in tokens for shown in _named(place))]
    context = {
        "languages": configured.LANGUAGES,
        "themes": THEMES,
        "theme": theme_of(request),
        "mine": mine,
        "agency": _shown(request, AGENCY),
    }
    return render(request, "settings.html", context)


@login_required
@require_POST
def single_keys(request: HttpRequest) -> HttpResponse:
    """Letters alone as keys, on or off: for the person, on every page and every device."""
    wish = request.POST.get("single_keys")
    if wish in ("on", "off"):
        person: Any = request.user
        person.single_keys = wish == "on"
        person.save(update_fields=["single_keys"])
        if request.headers.get("Accept") == "application/json":  # the page has said so already
            return HttpResponse(status=204)
        messages.success(request, _("Shortcuts on.") if wish == "on" else _("Shortcuts off."))
    return redirect(onward_url(request, reverse("settings")))


@login_required
@require_GET
def glossary(request: HttpRequest) -> HttpResponse:
    terms = sorted(TERMS.items(), key=lambda term: str(term[1].word).casefold())
    return render(request, "glossary.html", {"terms": [(key, term) for key, term in terms]})


def _shown(request: HttpRequest, places: tuple[Place, ...]) -> list[Shown]:
    return [
        shown for place in places if WHOM[place.for_whom](request.user) for shown in _named(place)
    ]


def _named(place: Place) -> list[Shown]:
    """With its address; a page that this installation does not have is left out."""
    try:
        return [Shown(str(place.word), str(place.told), reverse(place.url_name))]
    except NoReverseMatch:
        return []
