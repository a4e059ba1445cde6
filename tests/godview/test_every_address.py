"""Every address there is x a signed-out person: the way to sign-in, a refusal, or openly public.

A new address needs nothing here, unless it is to be public: then it must be said below.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.django_db

PUBLIC = {
    "account_login",
    "account_logout",  # leads to sign-in
    "account_signup",  # says that nobody signs up
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_confirm_email",
    "webhook",  # signed deliveries of Asana, at addresses that nobody can guess
    "share",  # a client's own goals, at an address that nobody can guess
    "theme",  # sets a cookie
    "language",  # the same
    "wall",  # its token is the key
    "styleguide",  # with DEBUG only; otherwise it is not there for anybody
}
SAMPLES = {"int": "1", "slug": "x", "str": "x", "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12}
SIGN_IN = ("/accounts/login/", "/admin/")


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        address = before + sample(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from addresses(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.name or ""


def sample(pattern: str) -> str:
    """An address that a route matches: `<int:pk>` and `(?P<pk>[0-9]+)` become a number."""
    pattern = re.sub(r"<(\w+):\w+>", lambda found: SAMPLES.get(found[1], "x"), pattern)
    pattern = re.sub(r"<\w+>", "x", pattern) if "(?P" not in pattern else pattern
    pattern = re.sub(r"\(\?P<\w+>\[?[^)]*\)", "1", pattern)
    pattern = re.sub(r"\(\[\^/\]\+\)", "1", pattern)
    pattern = pattern.replace(r"(?:[^/]*/)*", "nothing/here/").replace("(.+)", "x")
    return pattern.removeprefix("^").removesuffix("$").replace("\\", "")


def test_every_address_is_closed_or_openly_public():
    browser = Browser()
    open_ones = {}
    walked = list(addresses(get_resolver()))
    for address, name in walked:
        for method in ("get", "post"):
            answer = getattr(browser, method)(address)
            to_sign_in = answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)
            closed = to_sign_in or answer.status_code in (401, 403, 405)
            if not closed and name not in PUBLIC:
                open_ones[f"{method} {address} ({name})"] = answer.status_code
    assert open_ones == {}
    assert len(walked) > 200


def test_the_public_list_names_only_what_exists():
    names = {name for _, name in addresses(get_resolver())}
    assert names >= PUBLIC
