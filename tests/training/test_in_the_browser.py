"""An assessment in a real browser without JavaScript; the pages on a phone and read aloud."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from clients.models import Staff
from tests.factories.training import ModuleVersionFactory, RequirementFactory
from tests.training.conftest import signed_in
from training.models import ModuleVersion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ("/training/", "/training/calls/", "/training/matrix/", "/training/people/ana/")
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def version() -> ModuleVersion:
    made = ModuleVersionFactory(
        module__slug="calls", module__title="Calls", questions=2, body="Call back.\n\nAlways."
    )
    RequirementFactory(module=made.module)
    return made


@pytest.fixture
def session(ana: Staff) -> str:
    return signed_in(ana).cookies["sessionid"].value


def signed_in_page(browser: Browser, server: Any, session: str, **options: Any) -> Page:
    context = browser.new_context(base_url=server.url, **options)
    context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    return context.new_page()


@pytest.mark.usefixtures("version")
def test_without_javascript_a_forgotten_answer_is_kept_company_and_then_it_is_passed(
    session: str, live_server: Any, browser: Browser
):
    page = signed_in_page(browser, live_server, session, java_script_enabled=False)
    page.goto("/training/")
    page.get_by_role("link", name="Calls").click()
    page.get_by_role("button", name="Start the assessment").click()
    page.get_by_role("group", name="1. Question 1?").get_by_label("Right").check()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("alert")).to_contain_text("1 question needs an answer")
    first = page.get_by_role("group", name="1. Question 1?")
    expect(first.get_by_label("Right")).to_be_checked()
    page.get_by_role("group", name="2. Question 2?").get_by_label("Right").check()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("100%")
    page.goto("/training/")
    expect(page.locator(".lead")).to_contain_text("1 of 1 required modules passed")


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_pages_are_accessible_and_never_scroll_sideways_on_a_phone(
    session: str, live_server: Any, browser: Browser, axe: Callable[[Page], Any], colours: str
):
    page = signed_in_page(browser, live_server, session, viewport=PHONE, color_scheme=colours)
    page.goto("/training/calls/")
    page.get_by_role("button", name="Start the assessment").click()
    for path in (
        "",
        "/training/",
        "/training/calls/",
        "/training/matrix/",
        "/training/people/ana/",
    ):
        page.goto(path or page.url)
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
