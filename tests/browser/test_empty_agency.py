"""Every page of an agency in which nobody has entered anything, on a phone."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, PHONE
from tests.browser.test_every_page import serious
from tests.factories.clients import StaffFactory, UserFactory
from tests.metrics.views.test_pages import NOTHING_YET

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agency(transactional_db):
    user = UserFactory(is_superuser=True, is_staff=True)
    StaffFactory(role="leadership", user=user)
    return SimpleNamespace(leader=user)


def test_empty_pages_fit_can_be_used_by_everybody_and_break_nothing(visit, axe):
    seen = visit(who="leader", size=PHONE)
    sideways, findings = [], {}
    for page in NOTHING_YET:
        findings[page] = serious(axe(seen.open(page)))
        seen.resize(NARROW)
        if seen.leaks_sideways() and seen.leaks_sideways(after_ms=500):  # charts redraw
            sideways.append(page)
        seen.resize(PHONE)
    assert sideways == []
    assert {page: found for page, found in findings.items() if found} == {}
    assert seen.troubles == []


def test_a_file_that_takes_its_time_says_so_while_one_waits(visit):
    page = visit(who="leader").open("/import/")
    page.get_by_label("What is in it").select_option("pods")
    file = {"name": "pods.csv", "mimeType": "text/csv", "buffer": b"external_id,name\nP1,Quartz\n"}
    page.locator("input[type=file]").set_input_files(file)
    page.route("**/import/", lambda route: route.fulfill(status=204))  # no answer, so it stays
    page.get_by_role("button", name="Look at the file").click()
    waiting = page.get_by_role("status").filter(has_text="being read and checked")
    expect(waiting.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("button", name="Look at the file")).to_be_disabled()
