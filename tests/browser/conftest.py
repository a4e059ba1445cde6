"""A signed-in person in a real Chromium, and everything that went wrong while they looked."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client as Visitor
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.browser.agency import make_agency
from tests.factories.cast import Cast

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DESK, PHONE, NARROW = (1440, 900), (390, 844), (320, 700)


@dataclass
class Visit:
    """A page, and what no page may do: errors in the console, requests to other hosts."""

    page: Page
    host: str
    troubles: list[str] = field(default_factory=list)
    under_way: set[Request] = field(default_factory=set)

    def watch(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("request", self._asked)
        for ended in ("requestfinished", "requestfailed"):
            self.page.on(ended, lambda request: self.under_way.discard(request))
        self.page.on("response", lambda r: r.status >= 500 and self.troubles.append(r.url))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        self.under_way.add(request)
        if request.redirected_from:
            self.under_way.discard(request.redirected_from)
        if not request.url.startswith((self.host, "data:", "blob:")):
            self.troubles.append(f"off-origin: {request.url}")

    def open(self, address: str) -> Page:
        self.under_way.clear()
        self.page.goto(address)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Until nothing more is fetched, and the scripts have nothing left to do.

        Playwright's own "networkidle" waits half a second on each page to be sure of it.
        """
        deadline, looks = time.monotonic() + 30, 0
        while looks < LOOKS:
            self.page.evaluate("0")  # comes after the scripts that run now
            self.page.wait_for_timeout(PAUSE_MS)
            looks = 0 if self.under_way else looks + 1
            assert time.monotonic() < deadline, [request.url for request in self.under_way]

    def resize(self, size: tuple[int, int]) -> None:
        width, height = size
        self.page.set_viewport_size({"width": width, "height": height})

    def leaks_sideways(self, after_ms: float = 0) -> bool:
        """Whether the whole page can be scrolled to the side."""
        self.page.wait_for_timeout(after_ms)
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
        )

    def cut_texts(self) -> list[str]:
        """Texts that run out of their box although nothing says that they may."""
        found: list[str] = self.page.evaluate(CUT_TEXTS)
        return found


LOOKS, PAUSE_MS = 3, 30
CUT_TEXTS = """() => [...document.querySelectorAll('main *')].filter((element) => {
  const style = getComputedStyle(element);
  const hasText = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  return hasText && element.checkVisibility()
    && style.overflowX === 'visible' && style.display !== 'inline'
    && element.offsetWidth > 1 && element.scrollWidth > element.clientWidth + 1;
}).map((element) => element.textContent.trim().slice(0, 60))"""


@pytest.fixture
def agency(transactional_db: None) -> Cast:
    return make_agency()


@pytest.fixture
def visit(agency: Cast, live_server: Any, browser: Browser) -> Iterator[Callable[..., Visit]]:
    contexts = []

    def visit(who: str = "admin", size: tuple[int, int] = DESK, **options: Any) -> Visit:
        width, height = size
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, **options
        )
        contexts.append(context)
        if who:
            visitor = Visitor()
            visitor.force_login(getattr(agency, who), backend=BACKEND)
            for name, cookie in visitor.cookies.items():
                context.add_cookies([{"name": name, "value": cookie.value, "url": live_server.url}])
        found = Visit(context.new_page(), live_server.url)
        found.watch()
        return found

    yield visit
    for context in contexts:
        context.close()
