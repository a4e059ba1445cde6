"""Looking at pages in tests: who opens what, and how many questions the database is asked."""

import re
from typing import Any

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def browser_of(user: Any) -> Browser:
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    return browser


def opened(user: Any, address: str, status: int = 200) -> Any:
    response = browser_of(user).get(address)
    assert response.status_code == status, address
    return response


def words(response: Any) -> str:
    """What the page says, without its marks."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def links(response: Any) -> list[str]:
    return re.findall(r'href="([^"]+)"', response.content.decode().replace("&amp;", "&"))


def queries(user: Any, address: str) -> int:
    """Asked by the second look: the first one pays for what is kept and for imports."""
    browser = browser_of(user)
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)
