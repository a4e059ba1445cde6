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
    seen.settle()
    return seen


def all_is_saved(page):
    for _look in range(100):
        if not page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('draft:'))"):
            return
        page.wait_for_timeout(50)
    pytest.fail("Something is still kept in the browser only.")


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


def test_a_decision_is_saved_as_it_is_typed_and_says_when(review):
    page = review.page
    page.keyboard.press("2")
    page.locator("#decision [name=text]").fill("Phone the owner")
    expect(page.locator("[data-saved]")).to_contain_text("With Next it becomes a fixed weekly goal")
    expect(page.locator("[data-saved]")).to_contain_text("Saved ")
    page.locator("#decision [name=text]").fill("Phone the owner today")
    all_is_saved(page)
    decision = Decision.objects.get()
    assert (decision.text, decision.weekly_goal) == ("Phone the owner today", None)
    page.reload()
    expect(page.locator("#decision [name=text]")).to_have_value("Phone the owner today")
    expect(page.get_by_text("not sent yet")).to_be_hidden()
    expect(page.locator("[data-gone]").first).to_contain_text("min so far")
    assert review.troubles == []


def test_two_people_on_one_turn_see_both_texts_and_one_chooses(review, visit):
    mine, theirs = review.page, visit(who="director").open(review.page.url)
    theirs.locator("[value=keep]").check()
    expect(theirs.locator("#decision [name=version]")).to_have_value("1")
    theirs.locator("#decision [name=text]").fill("Theirs")
    expect(theirs.locator("[data-saved]")).to_contain_text("fixed weekly goal for week")
    mine.locator("#decision [name=text]").fill("Mine")
    mine.locator("[value=pivot]").check()
    both = mine.locator("[data-both]")
    expect(both).to_contain_text("Director saved meanwhile: “Keep going: Theirs”. Yours: “")
    assert Decision.objects.get().text == "Theirs"
    both.get_by_role("button", name="Keep mine").click()
    expect(mine.locator("[data-saved]")).to_contain_text("fixed weekly goal for week")
    expect(both).to_be_empty()
    decision = Decision.objects.get()
    assert (decision.text, decision.choice) == ("Mine", "pivot")
    theirs.locator("#decision [name=text]").fill("Theirs again")
    expect(theirs.locator("[data-both]")).to_contain_text("Mine")
    theirs.get_by_role("link", name="Take theirs").click()
    expect(theirs.locator("#decision [name=text]")).to_have_value("Mine")
    assert Decision.objects.get().text == "Mine"


def test_without_javascript_who_comes_second_sees_both_texts_too(review, visit):
    address = review.page.url
    first, second = (
        visit(who=who, java_script_enabled=False).page for who in ("director", "leader")
    )
    for page in (first, second):
        page.goto(address)
        page.locator("[value=pivot]").check()
    first.locator("[value=keep]").check()
    first.locator("#decision [name=text]").fill("")
    first.get_by_role("button", name="Next").click()
    second.locator("#decision [name=text]").fill("Second")
    second.get_by_role("button", name="Next").click()
    banner = second.get_by_role("alert")
    expect(banner).to_contain_text("Director saved meanwhile: “Keep going”. Yours: “Second”.")
    banner.get_by_role("button", name="Keep mine").click()
    expect(second.get_by_role("alert")).to_have_count(0)
    assert Decision.objects.get().text == "Second"
