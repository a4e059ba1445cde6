"""A growth review in a real Chromium: all clients by keys alone, and nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from tasks.models import Decision, MeetingTurn, WeeklyGoal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def review(visit):
    """Begun by a leader, at its first client."""
    seen = visit(who="leader")
    page = seen.open("/meetings/")
    page.get_by_role("button", name="Begin").first.click()
    expect(page.locator("#decision")).to_be_visible()
    return seen


def first_client(page):
    return page.locator("h1").inner_text()


def test_the_keys_lead_through_all_clients_and_a_decision_is_promised(review):
    page = review.page
    name = first_client(page)
    page.keyboard.press("2")
    page.locator("#decision [name=text]").fill("Phone the owner today")
    page.locator("#decision [name=text]").press("Tab")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("h1")).not_to_have_text(name)
    turns = page.locator(".turns a").count()
    for _ in range(turns - 1):
        before = page.url
        page.locator("body").press("ArrowRight")
        page.wait_for_url(lambda url, before=before: url != before)
    expect(page.locator("h1")).to_contain_text(f"{turns} of {turns} clients reviewed")
    decision = Decision.objects.get()
    assert (decision.client.name, decision.text) == (name, "Phone the owner today")
    assert WeeklyGoal.objects.get(pk=decision.weekly_goal_id).text == "Phone the owner today"
    assert not MeetingTurn.objects.filter(reviewed_at=None).exists()
    expect(page.locator("#decisions-as-text")).to_contain_text("Phone the owner today")
    assert review.troubles == []


def test_leaving_and_coming_back_goes_on_at_the_same_client_with_what_was_typed(review):
    page = review.page
    page.get_by_role("button", name="Next").click()
    page.locator(".turns a[aria-current]").wait_for()
    name = first_client(page)
    page.locator("#decision [name=text]").fill("Half a sent")
    page.locator("h1").click()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Go on").click()
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("#decision [name=text]")).to_have_value("Half a sent")
    expect(page.get_by_text("not sent yet")).to_be_visible()
