"""Every page without an argument in its address is photographed, or excused with a reason."""

import pytest
from django.test import Client as Browser
from django.urls import Resolver404, URLResolver, get_resolver, resolve

from tests.browser.screenshots import PAGES
from tests.factories.cast import make_cast

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOT_OURS = ("admin", "api")
EXCUSED = {
    "changes": "one sentence that Today asks for every minute",
    "account_logout": "one button, as on every form",
    "account_inactive": "one sentence of the library",
    "account_email": "leads on; addresses are kept by leaders",
    "account_email_verification_sent": "one sentence of the library",
    "account_set_password": "only for those who have none",
    "account_reset_password": "a form like signing in",
    "account_reset_password_done": "one sentence of the library",
    "account_reset_password_from_key_done": "one sentence of the library",
    "api-docs": "the library's own page",
    "api-schema": "for programs",
    "healthz": "for programs",
    "readyz": "for programs",
    "training:matrix_csv": "a file",
    "survival_forecast": "a part of the page of survival",
}


def _names(resolver, before="", room=""):
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.namespace not in NOT_OURS and not address.startswith(NOT_OURS):
                deeper = f"{room}{entry.namespace}:" if entry.namespace else room
                yield from _names(entry, address, deeper)
        elif entry.name and not set("<(^") & set(address):
            yield f"{room}{entry.name}", f"/{address}"


def _resolves(address):
    try:
        return resolve(address.split("?")[0]).view_name
    except Resolver404:
        return ""


@pytest.mark.django_db
def test_every_page_is_photographed_or_excused():
    browser = Browser()
    browser.force_login(make_cast().admin, backend=BACKEND)
    shown = {_resolves(address) for _, address, _ in PAGES}
    missing = []
    for name, address in _names(get_resolver()):
        if name not in shown | set(EXCUSED):
            answer = browser.get(address)
            if answer.status_code == 200 and "html" in answer.get("Content-Type", ""):
                missing.append((name, address))
    assert missing == []


def test_names_of_pictures_are_unique():
    names = [name for name, _, _ in PAGES]
    assert len(names) == len(set(names))
