"""A pod's meeting in a real Chromium: by keys, without JavaScript, and for everybody."""

import pytest
from playwright.sync_api import expect

from tasks.models import Decision, Meeting, MeetingTurn, WeekNote

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SERIOUS = ("(serious)", "(critical)")
PAGE = "/meetings/pod/amber/"


@pytest.fixture
def meeting(visit):
    """Begun by the manager."""
    seen = visit(who="manager")
    page = seen.open(PAGE)
    page.get_by_role("button", name="Begin the meeting").click()
    expect(page.get_by_role("button", name="End the meeting")).to_be_visible()
    seen.settle()
    return seen


def test_a_client_is_ticked_off_noted_and_decided_with_keys(meeting):
    page = meeting.page
    page.keyboard.press("j")
    page.keyboard.press("x")
    first = page.locator("#cases > li").first
    expect(first.locator(".tick button")).to_have_attribute("aria-pressed", "true")
    meeting.settle()
    page.keyboard.press("n")
    page.keyboard.type("The owner is away")
    page.keyboard.press("Tab")
    expect(first.locator(".note")).to_contain_text("Saved")
    meeting.settle()
    page.keyboard.press("j")
    second = page.locator("#cases > li").nth(1)
    page.keyboard.press("d")
    expect(second.locator("input[name=choice]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Phone them today")
    second.get_by_role("button", name="Decide").click()
    expect(second.locator(".decided")).to_contain_text("Phone them today")
    expect(page.locator("#meeting-time")).to_contain_text("2 of 3 clients talked about")
    assert WeekNote.objects.get().text == "The owner is away"
    assert Decision.objects.get().weekly_goal.text == "Phone them today"
    assert meeting.troubles == []


def test_a_decision_that_is_refused_stays_under_its_client_with_what_was_typed(meeting):
    page = meeting.page
    first = page.locator("#cases > li").first
    first.get_by_role("link", name="Decide").click()
    first.get_by_text("Pivot").click()
    first.get_by_role("button", name="Decide").click()
    expect(first).to_contain_text("Say what will be done")
    expect(first.locator("input[value=pivot]")).to_be_checked()
    assert not Decision.objects.exists()


def test_two_people_who_note_on_one_client_see_both_texts(meeting, visit):
    theirs = visit(who="leader").open(PAGE)
    note = theirs.locator("#cases .note [name=text]").first
    note.fill("Theirs")
    note.press("Tab")
    expect(theirs.locator("#cases .note").first).to_contain_text("Saved")
    mine = meeting.page.locator("#cases .note").first
    mine.locator("[name=text]").fill("Mine")
    mine.locator("[name=text]").press("Tab")
    expect(mine).to_contain_text("Saved meanwhile: “Theirs”. Yours: “Mine”.")
    mine.get_by_role("button", name="Keep mine").click()
    expect(mine).not_to_contain_text("Theirs")
    expect(mine.locator("[name=text]")).to_have_value("Mine")
    assert WeekNote.objects.get().text == "Mine"


def test_without_javascript_it_is_held_from_beginning_to_end(visit):
    page = visit(who="manager", java_script_enabled=False).page
    page.goto(PAGE)
    page.get_by_role("button", name="Begin the meeting").click()
    first = page.locator("#cases > li").first
    first.locator(".tick button").click()
    first.locator(".note [name=text]").fill("The owner is away")
    first.locator(".note button").click()
    page.locator("#tick-week").click()
    first.get_by_role("link", name="Decide").click()
    page.locator("input[value=keep]").check()
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("button", name="End the meeting").click()
    expect(page.locator("h1")).to_contain_text("Amber")
    expect(page.locator("#meeting-as-text")).to_contain_text("Keep going")
    expect(page.locator("#meeting-as-text")).to_contain_text("The owner is away")
    assert MeetingTurn.objects.exclude(reviewed_at=None).count() == 1
    assert Meeting.objects.get().ended_at is not None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_hold_it_and_read_its_record(meeting, visit, axe, scheme):
    seen = visit(who="manager", size=(390, 844), color_scheme=scheme)
    page = seen.open(PAGE)
    page.locator("#cases > li").first.get_by_role("link", name="Decide").click()
    expect(page.locator("#cases textarea")).to_be_visible()
    page.locator("summary", has_text="Tell a risk").click()
    for width in (390, 320, 1440):
        seen.resize((width, 844))
        assert not seen.leaks_sideways(), width
        assert seen.cut_texts() == [], width
    found = axe(page)
    page.get_by_role("button", name="End the meeting").click()
    expect(page.locator("#meeting-as-text")).to_be_visible()
    found += axe(page)
    assert [one for one in found if any(grade in one for grade in SERIOUS)] == []
