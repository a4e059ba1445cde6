"""Light, dark or as the system says: kept in a cookie, so that the first byte is right."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from godview.http import onward_url

COOKIE = "theme"
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Theme:
    value: str
    label: str | Promise
    icon: str


THEMES = (
    Theme("auto", gettext_lazy("Follow the system"), "system"),
    Theme("light", gettext_lazy("Light theme"), "sun"),
    Theme("dark", gettext_lazy("Dark theme"), "moon"),
)
VALUES = tuple(theme.value for theme in THEMES)


def theme_of(request: HttpRequest) -> str:
    value = request.COOKIES.get(COOKIE, "")
    return value if value in VALUES else "auto"


def next_theme(current: str) -> Theme:
    return THEMES[(VALUES.index(current) + 1) % len(THEMES)]


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    response = redirect(onward_url(request, "/"))
    value = request.POST.get("theme", "")
    if value in VALUES:
        response.set_cookie(
            COOKIE, value, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response
