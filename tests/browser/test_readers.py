"""What a screen reader is told by pictures: the grid of weeks, the map, a chart, a new client."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.clients import ClientFactory, ClientGoalFactory, EngagementFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def fresh(agency):
    """Served since five days, so not judged yet."""
    since = timezone.localdate() - timedelta(days=5)
    client = ClientFactory(name="Fresh", slug="fresh")
    EngagementFactory(client=client, started_on=since)
    ClientGoalFactory(client=client, starts_on=since, name="Leads")
    return client


def test_the_grid_of_weeks_is_heard_as_row_week_and_word(visit):
    seen = visit(who="leader")
    grid = seen.open("/goals/?rows=clients&metric=pace").locator("table").aria_snapshot()
    week = timezone.localdate().isocalendar().week
    assert f'- columnheader "Week {week}"' in grid
    assert '- rowheader "Acme"' in grid
    assert f'- cell "90-day pace, week {week}, off pace"' in grid
    own = seen.open("/clients/acme/").locator("#weeks table").aria_snapshot()
    assert f'- columnheader "Week {week}"' in own
    row = own[own.index('- rowheader "90-day pace"') :]
    assert '- cell "off pace"' in row


def test_the_map_and_a_chart_say_in_words_what_they_show(visit):
    seen = visit(who="leader")
    told = seen.open("/").locator("#client-map").aria_snapshot()
    assert '- rowheader "Amber' in told
    assert '- link "Acme, off pace 0.50"' in told
    chart = seen.open("/clients/acme/").get_by_role("img", name="Leads: 100 → 200")
    assert "off pace" in chart.get_attribute("aria-label")


def test_a_new_client_is_a_dashed_ring_outside_the_share_and_counted_as_such(visit, fresh):
    seen = visit(who="leader")
    page = seen.open("/")
    assert "25%" in page.locator(".tiles a", has_text="Clients on pace").inner_text()
    mark = page.get_by_role("link", name="Fresh, too new to judge").locator(".mark-none use")
    assert mark.get_attribute("href") == "#m-none"
    dashes = page.evaluate(
        "getComputedStyle(document.querySelector('#m-none circle')).strokeDasharray"
    )
    assert dashes != "none"
    assert "Not judged yet 2" in page.locator("#client-map footer").inner_text()
    why = seen.open("/why/clients_on_pace/").locator("main").inner_text()
    assert "1 ÷ 4 = 25.0%" in why
    assert "not judged yet 1" in why
    assert "Too new to judge" in why
