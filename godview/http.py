"""Small matters of requests and answers that several apps share."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def onward_url(request: HttpRequest, otherwise: str) -> str:
    """Where a form asked to go afterwards, if that is one of our own pages."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if asked and ours else otherwise
