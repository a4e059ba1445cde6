"""Five languages: the person's own choice, else the cookie, else what the browser asks for.

English is the language of the source. The REST API speaks English only, so that programs can
rely on its words.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_POST

from godview.http import onward_url

COOKIE = "language"
A_YEAR = 365 * 24 * 3600
CODES = frozenset(code for code, _ in settings.LANGUAGES)
PROGRAMS = ("/api/", "/hooks/", "/healthz", "/readyz")


def language_of(request: HttpRequest) -> str:
    """The code of the language in which this request is answered."""
    if request.path.startswith(PROGRAMS):
        return settings.LANGUAGE_CODE
    wishes = (getattr(request.user, "language", ""), request.COOKIES.get(COOKIE, ""))
    return next((code for code in wishes if code in CODES), get_language_from_request(request))


class LanguageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = language_of(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Kept with the person who is signed in, and in a cookie for the page of the sign-in."""
    response = redirect(onward_url(request, "/"))
    code = request.POST.get("language", "")
    if code in CODES:
        if request.user.is_authenticated:
            request.user.language = code
            request.user.save(update_fields=["language"])
        response.set_cookie(
            COOKIE, code, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response
