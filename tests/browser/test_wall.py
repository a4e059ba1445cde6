"""A screen of 1920 by 1080 on the wall: read from afar, still, and honest when it is cut off."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from metrics import wall_links

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SMALLEST_TEXT = """() => Math.min(...[...document.querySelectorAll('#wall *')].filter((one) =>
  one.checkVisibility() && !one.closest('.sr')
  && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
).map((one) => parseFloat(getComputedStyle(one).fontSize)))"""


@pytest.fixture
def made(agency):
    return wall_links.create_link(
        title="Hall",
        scope="agency",
        names="none",
        rotates=False,
        by=agency.leader.staff,
        now=timezone.now(),
    )


def test_it_is_read_from_across_the_room_and_nothing_moves(visit, made, agency):
    seen = visit(who="", size=(1920, 1080))
    page = seen.open(f"/wall/{made[1]}/")
    height = "document.documentElement.scrollHeight"
    assert page.evaluate(height) <= 1080
    assert not seen.leaks_sideways()
    assert page.evaluate(SMALLEST_TEXT) >= 24
    key = page.locator(".key b")
    assert key.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 200
    assert page.evaluate("document.getAnimations().length") == 0
    expect(page.locator("body")).not_to_contain_text(agency.manager.staff.name)
    expect(page.locator("body")).not_to_contain_text(agency.client_a.name)
    assert seen.troubles == []


def test_cut_off_it_keeps_the_last_numbers_says_how_old_they_are_and_recovers(visit, made):
    seen = visit(who="", size=(1920, 1080))
    seen.page.clock.install()
    page = seen.open(f"/wall/{made[1]}/")
    headline = page.locator("h1").inner_text()
    banner = page.locator("#wall-banner")
    page.route("**/wall/**", lambda route: route.abort())
    page.clock.run_for(20 * 60_000)
    expect(banner).to_contain_text("20 min old")
    expect(page.locator("h1")).to_have_text(headline)
    page.unroute("**/wall/**")
    page.clock.run_for(60_000)
    expect(banner).to_be_hidden()
    expect(page.locator("h1")).to_have_text(headline)


def test_a_revoked_link_says_so_over_the_last_numbers(visit, made):
    link, token = made
    seen = visit(who="", size=(1920, 1080))
    seen.page.clock.install()
    page = seen.open(f"/wall/{token}/")
    wall_links.revoke(link=link, now=timezone.now())
    page.clock.run_for(61_000)
    expect(page.locator("#wall-banner")).to_contain_text("This link was revoked")
    expect(page.locator(".figures li")).to_have_count(4)
