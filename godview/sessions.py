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
        if SESSION_KEY in request.session and not _asks_by_itself(request):
            _renew(request.session)
        return self.get_response(request)


def _asks_by_itself(request: HttpRequest) -> bool:
    """An open page looks for changes though nobody sits before it."""
    return request.method == "GET" and "HX-Request" in request.headers


def begin(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    _renew(request.session)


def _renew(session: SessionBase) -> None:
    today = timezone.localdate().isoformat()
    if session.get(RENEWED) != today:
        session[RENEWED] = today
