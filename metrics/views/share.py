"""The page that a client opens by its link, without signing in. Its address is its key."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe
from rest_framework.throttling import AnonRateThrottle

from metrics.dashboards.share import share_page
from tasks import sharing

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class Guesses(AnonRateThrottle):
    """Tries by one address that is not signed in, right or wrong."""

    scope = "share"


@require_safe
def share(request: HttpRequest, token: str) -> HttpResponse:
    """The promised weeks of one client. What opens nothing answers alike, whatever it once was."""
    if not Guesses().allow_request(request, None):  # type: ignore[arg-type]
        return _answer(request, "share/closed.html", {"too_many": True}, 429)
    now = timezone.now()
    link = sharing.link_of(token, now)
    if link is None:
        return _answer(request, "share/closed.html", {}, 404)
    sharing.share_locked_week(now, [link])
    weeks = sharing.weeks_of(link, now)
    with translation.override(link.client.language or settings.LANGUAGE_CODE):
        page = share_page(link.client, weeks, now)
        response = _answer(request, "share/weeks.html", {"page": page})
        response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    if _is_the_client(request):
        sharing.opened(link, weeks, now)
    return response


def _is_the_client(request: HttpRequest) -> bool:
    """A glance of our own people, a HEAD or a browser's guess ahead proves nothing."""
    guessed = "prefetch" in request.headers.get("Sec-Purpose", "")
    return request.method == "GET" and not guessed and not request.user.is_authenticated


def _answer(
    request: HttpRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    response = render(request, template, context, status=status)
    for name, value in HEADERS.items():
        response[name] = value
    return response
