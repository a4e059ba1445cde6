"""My week in a real Chromium: rows change by themselves, and all of it works without JavaScript."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Visitor
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect

from godview.periods import WEEK, monday_of
from tasks.models import WeeklyGoal, WeekNote
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    ClientGoalFactory,
    EngagementFactory,
    FeeFactory,
    GoalReadingFactory,
    TouchpointFactory,
)
from tests.factories.days import days_ago
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[None]:
    """A week that is under way; on a Monday morning the one before is still to be closed."""
    day = monday_of(timezone.localdate()) + timedelta(days=2)
    with time_machine.travel(datetime.combine(day, time(10), UTC), tick=True):
        yield


@pytest.fixture
def cast() -> Cast:
    """Acme with two goals to mark and twelve days of silence, Zenith with one."""
    cast = make_cast()
    today = timezone.localdate()
    zenith = ClientFactory(name="Zenith", slug="zenith")
    EngagementFactory(client=zenith)
    AssignmentFactory(client=zenith, pod=cast.pod_a, account_manager=cast.manager.staff)
    for client, texts in ((cast.client_a, ("Feed live", "Form agreed")), (zenith, ("Ads live",))):
        FeeFactory(client=client)
        goal = ClientGoalFactory(client=client, starts_on=today - timedelta(days=40))
        GoalReadingFactory(goal=goal, read_on=today)
        TouchpointFactory(client=client, happened_at=days_ago(12))
        for text in texts:
            WeeklyGoalFactory(
                client=client,
                manager=cast.manager.staff,
                week_starts_on=monday_of(today),
                text=text,
                client_goal=goal,
            )
    return cast


@pytest.fixture
def visit(cast: Cast, live_server: Any, browser: Browser) -> Callable[..., Page]:
    def visit(**options: Any) -> Page:
        visitor = Visitor()
        visitor.force_login(cast.manager, backend=BACKEND)
        context = browser.new_context(base_url=live_server.url, **{"viewport": DESK, **options})
        session = visitor.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto("/week/")
        return page

    return visit


def row(page: Page, slug: str) -> Any:
    return page.locator(f"#row-{slug}")


def test_marking_changes_the_counts_and_leaves_what_is_typed_elsewhere(visit: Callable[..., Page]):
    page = visit()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    row(page, "zenith").get_by_label("Note on Zenith").fill("Half a sentence")
    row(page, "acme").get_by_role("button", name="Hit").first.click()
    expect(page.locator("#week-counts")).to_contain_text("1 of 3 weekly goals hit, 2 not marked")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 of 3 weekly goals not marked yet")
    expect(row(page, "acme").locator(".chip.good:visible")).to_have_text("Hit")
    expect(row(page, "zenith").get_by_label("Note on Zenith")).to_have_value("Half a sentence")
    assert page.url.endswith("/week/"), "the address stays"
    assert complaints == []


def settled(page: Page) -> None:
    """The browser itself may have moved the focus before htmx has done with the answer."""
    expect(
        page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")
    ).to_have_count(0)


def test_the_keyboard_goes_on_at_the_next_goal_to_mark(visit: Callable[..., Page]):
    page = visit()
    row(page, "acme").get_by_role("button", name="Hit").first.focus()
    page.keyboard.press("Enter")
    to_mark = row(page, "acme").get_by_role("button", name="Hit")
    expect(to_mark).to_have_count(1)
    expect(to_mark).to_be_focused()
    settled(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#week-counts")).to_contain_text("1 of 3 weekly goals hit, 1 not marked")
    expect(row(page, "acme").get_by_label("Why “Form agreed” was missed")).to_be_focused()
    assert set(WeeklyGoal.objects.values_list("text", "status")) == {
        ("Feed live", "met"),
        ("Form agreed", "missed"),
        ("Ads live", "open"),
    }


def test_a_contact_in_two_clicks_changes_the_count_at_once(visit: Callable[..., Page]):
    page = visit()
    expect(page.locator("#week-counts")).to_contain_text("2 clients over 10 days")
    row(page, "acme").get_by_title("Log contact").click()
    row(page, "acme").get_by_role("button", name="Log contact").click()
    expect(page.locator("#week-counts")).to_contain_text("1 client over 10 days")
    expect(row(page, "acme")).to_contain_text("today")


def test_a_goal_is_added_in_its_row_and_what_is_refused_stays_typed(visit: Callable[..., Page]):
    page = visit()
    words = row(page, "acme").get_by_label("New goal for Acme")
    row(page, "acme").get_by_title("Add a goal").click()
    expect(words).to_be_focused()
    words.fill("Feed live")
    row(page, "acme").get_by_role("button", name="unplanned").or_(
        row(page, "acme").get_by_role("button", name="Add to week")
    ).last.click()
    expect(row(page, "acme").get_by_role("alert")).to_contain_text("for this week already")
    expect(words).to_have_value("Feed live")


def test_a_mark_is_taken_back_and_a_promise_is_withdrawn_from_the_goals_menu(
    visit: Callable[..., Page],
):
    page = visit()
    acme = row(page, "acme")
    acme.get_by_role("button", name="Hit").first.click()
    expect(acme.locator(".chip.good:visible")).to_be_visible()
    acme.get_by_title("Change this goal").first.click()
    acme.get_by_role("button", name="Not marked after all").click()
    expect(acme.get_by_role("button", name="Hit")).to_have_count(2)
    acme.get_by_title("Change this goal").first.click()
    acme.get_by_role("button", name="Withdraw; it still counts").click()
    expect(acme.get_by_text("Withdrawn")).to_be_visible()
    expect(page.locator("#week-counts")).to_contain_text("0 of 3 weekly goals hit, 2 not marked")


def test_a_goals_menu_says_what_was_saved_of_it_also_while_that_is_under_way(
    visit: Callable[..., Page],
):
    page = visit()
    acme = row(page, "acme")
    under_way: list[Route] = []
    page.route("**/mark/**", lambda route: under_way.append(route))
    with page.expect_request("**/mark/**"):
        acme.get_by_role("button", name="Hit").first.click()
    acme.get_by_title("Change this goal").first.click()
    page.wait_for_timeout(200)  # a menu asked for now would know nothing of the mark
    under_way[0].continue_()
    page.unroute_all()
    not_marked = acme.get_by_role("button", name="Not marked after all")
    expect(not_marked).to_be_visible()
    page.keyboard.press("Escape")
    acme.get_by_role("button", name="Undo the mark of “Feed live”").click()
    expect(page.locator("#week-counts")).to_contain_text("0 of 3 weekly goals hit, 3 not marked")
    acme.get_by_title("Change this goal").first.click()
    expect(acme.get_by_role("button", name="Withdraw; it still counts")).to_be_visible()
    expect(not_marked).to_have_count(0)


def test_a_menu_closes_with_escape_and_gives_the_focus_back(visit: Callable[..., Page]):
    page = visit()
    opener = row(page, "acme").get_by_title("Log contact")
    opener.click()
    row(page, "acme").get_by_role("radio", name="Meeting").focus()
    page.keyboard.press("Escape")
    expect(row(page, "acme").get_by_role("radio", name="Meeting")).to_be_hidden()
    expect(opener).to_be_focused()


def test_without_javascript_a_week_is_marked_planned_and_noted(visit: Callable[..., Page]):
    page = visit(java_script_enabled=False)
    row(page, "acme").get_by_role("button", name="Missed").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 of 3 weekly goals not marked yet")
    next_week = (monday_of(timezone.localdate()) + WEEK).isocalendar().week
    row(page, "acme").get_by_title("Add a goal").click()
    row(page, "acme").get_by_role("link", name="Open the form").click()
    page.get_by_label("New goal for Acme").fill("Retarget no-shows")
    page.get_by_role("button", name=f"week {next_week}").click()
    row(page, "acme").get_by_label("Note on Acme").fill("Owner away")
    row(page, "acme").get_by_role("button", name="Save").last.click()
    expect(row(page, "acme").get_by_label("Note on Acme")).to_have_value("Owner away")
    page.goto(f"/week/?week={(monday_of(timezone.localdate()) + WEEK):%G-W%V}")
    expect(row(page, "acme").get_by_label("Goal for Acme", exact=True)).to_have_value(
        "Retarget no-shows"
    )
    assert WeekNote.objects.get().text == "Owner away"


@pytest.mark.parametrize(
    ("size", "colours"),
    [(DESK, "dark"), (PHONE, "light"), ({"width": 320, "height": 640}, "light")],
    ids=str,
)
def test_the_grid_is_accessible_and_never_scrolls_sideways(
    visit: Callable[..., Page], axe: Callable[[Page], Any], size: dict[str, int], colours: str
):
    page = visit(viewport=size, color_scheme=colours)
    row(page, "acme").get_by_title("Add a goal").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
