"""From a red tile to the rows behind it and the action on it; the list by keyboard alone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from godview.periods import monday_of
from tests.factories.voices import TrafficLightFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_leader_gets_from_a_red_tile_to_the_rows_and_the_action_in_three_clicks(visit):
    seen = visit(who="leader")
    page = seen.open("/")
    page.locator(".tiles a.bad, .tiles a.watch").filter(has_text="Clients on pace").click()
    page.locator("main table a", has_text="Acme").first.click()
    page.locator(".actions a", has_text="Assign").click()
    expect(page.get_by_label("Who sees to it")).to_be_visible()
    page.get_by_label("Next action").fill("Call the owner")
    page.get_by_role("button", name="Assign").click()
    expect(page.locator(".toast")).to_contain_text("Acme assigned")
    assert seen.troubles == []


def test_the_list_is_worked_by_keyboard_and_undone(visit):
    seen = visit(who="leader")
    page = seen.open("/attention/")
    page.evaluate("window.stayed = true")
    page.keyboard.press("j")
    name = page.locator("#cases > li.here a").first.inner_text()
    page.keyboard.press("s")
    expect(page.get_by_label("Until")).to_be_focused()  # from then on the form is ready
    page.get_by_label("Why it can wait").fill("On holiday")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text(f"{name} put off")
    expect(page.locator("#cases")).not_to_contain_text(name)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#cases")).to_contain_text(name)
    assert seen.troubles == []


def test_the_keys_lead_over_the_end_of_a_page_of_the_list_and_back(visit, monkeypatch):
    monkeypatch.setattr("metrics.views.attention.ROWS_A_PAGE", 2)
    page = visit(who="leader").open("/attention/")
    here = page.locator("#cases > li.here .who b")
    names = []
    for _ in range(2):
        page.keyboard.press("j")
        names.append(here.inner_text())
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(r"page=2$"))
    expect(here).to_have_count(1)
    assert here.inner_text() not in names
    page.keyboard.press("k")
    expect(page).to_have_url(re.compile(r"page=1$"))
    expect(here).to_have_text(names[1])


def test_a_green_light_over_red_numbers_for_two_weeks_is_on_the_list(visit, agency):
    """Acme has been off pace for weeks; its manager marks this week green, like the last one."""
    this_week = monday_of(timezone.localdate())
    seen = visit(who="manager")
    assert "while the light is green" not in seen.open("/attention/").locator("main").inner_text()
    TrafficLightFactory(
        client=agency.client_a,
        week_starts_on=this_week - timedelta(days=7),
        marked_at=timezone.now() - timedelta(days=7),
    )
    page = seen.open(f"/week/?week={this_week:%G-W%V}")
    row = page.locator("main").locator("tr, li, section, fieldset").filter(has_text="Acme").last
    row.get_by_role("radio", name="Green").check(force=True)
    seen.settle()
    line = seen.open("/attention/?rule=disagree").locator("#cases > li")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("Acme")
    expect(line).to_contain_text("numbers are red for 2 weeks")
    expect(line).to_contain_text("while the light is green")
    assert seen.troubles == []


def test_a_toast_stays_as_long_as_it_is_pointed_at(visit):
    """Looked at with a clock of the browser's own, so that nobody waits."""
    seen = visit(who="leader")
    seen.page.clock.install()
    page = seen.open("/attention/")
    page.locator("#cases > li").first.hover()
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_label("Until")).to_be_focused()
    page.get_by_label("Why it can wait").fill("On holiday")
    page.keyboard.press("Enter")
    toast = page.locator(".toast")
    expect(toast).to_be_visible()
    toast.hover()
    page.clock.run_for(30_000)
    expect(toast).to_be_visible()
    page.mouse.move(700, 5)
    page.clock.run_for(30_000)
    expect(toast).to_have_count(0)
