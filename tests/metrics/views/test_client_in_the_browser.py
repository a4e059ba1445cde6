"""The client page in a real browser: a contact in two clicks, phone order, one chart library."""

from datetime import timedelta
from time import monotonic

import pytest
from django.utils import timezone

from tests.browser.conftest import NARROW, PHONE, agency, visit  # noqa: F401
from tests.factories.clients import ClientGoalFactory, GoalReadingFactory, TouchpointFactory
from tests.factories.days import days_ago

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def silent(agency):  # noqa: F811
    """Acme was last heard from 12 days ago."""
    agency.client_a.touchpoints.all().delete()
    TouchpointFactory(client=agency.client_a, happened_at=days_ago(12))
    return agency


def test_a_contact_takes_two_clicks_and_changes_every_number(silent, visit):  # noqa: F811
    looking = visit("leader")
    before = _today(looking)
    assert "12" in before["mark"], before
    page = looking.open("/clients/acme/")
    assert "12 days since contact" in page.inner_text("#client-head")
    page.click("#log-contact > summary")
    start = monotonic()
    page.click("#log-contact button[type=submit]")
    page.wait_for_selector("text=Contact logged with Acme.")
    page.wait_for_function("!document.querySelector('#main').innerText.includes('12 days since')")
    assert monotonic() - start < 1.5
    assert "0 days" in page.inner_text("#why")
    assert page.url.endswith("/clients/acme/")
    page.reload()
    assert "12 days since contact" not in page.inner_text("#client-head")
    after = _today(looking)
    assert after["mark"] != before["mark"], after
    assert all(after[what] != before[what] for what in ("mean", "mark", "over"))
    assert not looking.troubles


def _today(looking):
    """What Today says of contact: the average with its count over the limit, and Acme's mark."""
    page = looking.open("/?marks=contact")
    tile = page.locator(".tiles > *", has_text="contact").first
    mark = page.locator('.marks a[href*="/clients/acme/"]')
    return {
        "mean": tile.locator(".value").inner_text(),
        "over": tile.locator(".note").inner_text(),
        "mark": mark.get_attribute("title"),
    }


@pytest.mark.parametrize("size", [PHONE, NARROW])
def test_on_a_phone_why_goals_and_contacts_come_first_and_the_rest_is_folded(visit, size):  # noqa: F811
    looking = visit("leader", size=size)
    page = looking.open("/clients/acme/")
    tops = [page.locator(f"#{panel}").bounding_box()["y"] for panel in ("why", "goals", "contacts")]
    assert tops == sorted(tops)
    folded = page.locator("details.fold")
    assert folded.count() > 5
    assert page.locator("details.fold[open]").count() == 0
    assert folded.first.bounding_box()["y"] > tops[-1]
    assert not looking.leaks_sideways()
    folded.first.locator("summary").click()
    assert page.locator("#weeks").is_visible()
    assert not looking.troubles


def test_the_chart_library_is_loaded_once_and_after_the_first_paint(agency, visit):  # noqa: F811
    goal = ClientGoalFactory(
        client=agency.client_a, starts_on=timezone.localdate() - timedelta(days=40)
    )
    for back in range(6):
        day = timezone.localdate() - timedelta(days=back)
        GoalReadingFactory(goal=goal, read_on=day, value=110 + back)
    looking = visit("leader")
    page = looking.open(f"/clients/acme/goals/{goal.pk}/")
    page.wait_for_selector(".chart[data-drawn]")
    loads, first = page.evaluate(
        """() => [performance.getEntriesByType("resource").filter((e) => e.name.includes("plotly")),
        performance.getEntriesByName("first-contentful-paint")[0].startTime]"""
    )
    assert len(loads) == 1
    assert loads[0]["startTime"] >= first
    assert not looking.troubles


def test_on_paper_the_client_page_is_one_page(agency, visit):  # noqa: F811
    page = visit("leader").open("/clients/acme/")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
