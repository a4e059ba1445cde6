"""What was sent after its session had ended: said as such, and kept to be sent once more.

Django would lead a form that comes from nobody to the page of the sign-in, and its fields would
be gone; after a new sign-in the page that was open would be refused for its old token. Here both
answers carry the fields on. The fields are shown again only to a request of our own pages, which
a browser proves with `Origin`, and never those of a password, a token or a secret.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE, get_token
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

HEADER, FIELD = "X-CSRFToken", "csrfmiddlewaretoken"
SECRETS = ("password", "token", "secret")
OF_ANOTHER_ADDRESS = ("Origin checking failed", "Referer checking failed")  # Django's own words


class SignedOutMiddleware:
    """To a part of a page, 401 instead of the page of the sign-in; to a form, its fields again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _leads_to_the_sign_in(request, response):
            return response
        if "HX-Request" in request.headers:
            return HttpResponse(status=401)
        if request.method == "POST" and _takes_a_page(request) and _may_be_shown(request):
            return _page(request, status=401)
        return response


def refused_for_its_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The view of `CSRF_FAILURE_VIEW`. A script learns the new token, and whose it is: it sends
    again what the same person typed, and nobody else's."""
    if "HX-Request" in request.headers or not _takes_a_page(request):
        told = {HEADER: get_token(request), "X-User": str(request.user.pk or "")}
        return HttpResponse(status=403, headers=told)
    return _page(request, 403, reason)


@never_cache
def _page(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    may_be_sent = _may_be_shown(request)
    sign_in = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': _page_before(request)})}"
    context = {
        "may_be_sent": may_be_sent,
        "fields": _fields(request) if may_be_sent else [],
        "action": request.get_full_path(),
        "sign_in": sign_in,
        "has_no_cookie": reason == REASON_NO_CSRF_COOKIE,
        "is_of_another_address": reason.startswith(OF_ANOTHER_ADDRESS),
    }
    return render(request, "unsent.html", context, status=status)


def _leads_to_the_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    if response.status_code != 302 or request.user.is_authenticated:
        return False
    doors = (resolve_url(settings.LOGIN_URL), reverse("admin:login"))
    door, _, way_back = response.headers.get("Location", "").partition("?")
    return door in doors and bool(way_back)  # who signs out goes there without one


def _takes_a_page(request: HttpRequest) -> bool:
    return "text/html" in request.headers.get("Accept", "")


def _may_be_shown(request: HttpRequest) -> bool:
    """Of our own pages, without a password and without a file, which no page can send again."""
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    names = [name.casefold() for name in request.POST if name != FIELD]
    is_secret = any(word in name for word in SECRETS for name in names)
    return request.headers.get("Origin") in ours and not is_secret and not request.FILES


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    lists = request.POST.lists()
    return [(name, value) for name, values in lists if name != FIELD for value in values]


def _page_before(request: HttpRequest) -> str:
    """Where the form stood, if that is one of our pages: there one goes on after signing in.

    An address that was posted to may be none that can be opened."""
    before = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        before, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return before if is_ours and urlsplit(before).path != request.path else "/"
