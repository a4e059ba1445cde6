"""Pods, people, departments and why in a real Chromium: for everybody, at every width."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client as Visitor
from playwright.sync_api import Browser, Page

from clients.models import User
from tests.factories.clients import UserFactory
from tests.metrics.lively import DAY, lively
from tests.metrics.views.browsing import BACKEND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = {
    "desk": {"width": 1440, "height": 900},
    "phone": {"width": 390, "height": 844},
    "narrow": {"width": 320, "height": 640},
}
PAGES = [
    "/pods/",
    "/pods/cobalt/",
    "/people/",
    "/people/ana-ruiz/",
    "/departments/",
    "/departments/search/",
    "/why/client_retention_rate/",
    "/why/weekly_goal_hit_rate/?scope=pod:cobalt",
    "/why/mrr/?scope=pod:empty",
]


@pytest.fixture
def boss() -> Any:
    made = lively()
    made.scopes()  # with an empty pod among them
    return UserFactory(is_superuser=True)


@pytest.fixture
def opener(live_server: Any, browser: Browser) -> Callable[..., Page]:
    def opened(user: User, **options: Any) -> Page:
        visitor = Visitor()
        visitor.force_login(user, backend=BACKEND)
        context = browser.new_context(base_url=live_server.url, **options)
        cookie = visitor.cookies["sessionid"]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return context.new_page()

    return opened


@pytest.mark.parametrize(
    ("size", "colours"), [("desk", "light"), ("phone", "dark"), ("narrow", "light")]
)
def test_every_page_is_accessible_and_never_scrolls_sideways(
    boss: User,
    opener: Callable[..., Page],
    axe: Callable[[Page], Any],
    size: str,
    colours: str,
):
    findings = {}
    with time_machine.travel(datetime.combine(DAY, time(12), tzinfo=UTC)):
        page = opener(boss, viewport=SIZES[size], color_scheme=colours)
        for address in PAGES:
            page.goto(address)
            found = axe(page)
            if page.evaluate("document.documentElement.scrollWidth") > SIZES[size]["width"]:
                found.append("scrolls sideways")
            if found:
                findings[address] = found
    assert findings == {}


def test_the_way_down_works_without_javascript(boss: User, opener: Callable[..., Page]):
    """Agency, department, pod, person, client: one click each; a number opens its rows."""
    with time_machine.travel(datetime.combine(DAY, time(12), tzinfo=UTC)):
        page = opener(boss, java_script_enabled=False)
        page.goto("/?as_of=2026-11-19")
        page.get_by_role("link", name="Search", exact=True).click()
        page.get_by_role("link", name="Cobalt", exact=True).first.click()
        page.get_by_role("link", name="Page of Cobalt").click()
        page.get_by_role("link", name="Ana Ruiz").first.click()
        page.get_by_role("link", name="Client 0", exact=True).last.click()
        assert page.get_by_role("heading", level=1).inner_text() == "Client 0"
        page.goto("/pods/cobalt/")
        page.get_by_role("link", name="Goals hit, 4 weeks").click()
        assert "scope=pod:cobalt" in page.url
        page.get_by_role("link", name="not met").click()
        assert "rows=rest" in page.url
