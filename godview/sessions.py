"""A session lasts as long as its person comes back within `SESSION_COOKIE_AGE`.

Its end moves on once a day instead of with every request: one row written a day, not one a click.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

RENEWED = "renewed_on"


class RenewSessionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_session = (
            SESSION_KEY in request.session
        )  # asked first: it keeps robots from the database
        if has_session and _is_of_a_person(request) and request.user.is_authenticated:
            _renew(request.session)
        return self.get_response(request)


def _is_of_a_person(request: HttpRequest) -> bool:
    """Opened or sent something; an open page, and a screen on the wall, look for changes though
    nobody sits before them."""
    opens_a_page = "text/html" in request.headers.get("Accept", "")
    return request.method == "POST" or (opens_a_page and "HX-Request" not in request.headers)


def begin(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    _renew(request.session)


def _renew(session: SessionBase) -> None:
    today = timezone.localdate().isoformat()
    if session.get(RENEWED) != today:
        session[RENEWED] = today
