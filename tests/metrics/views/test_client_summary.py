"""A client's page as one page of paper: the same facts, for the same people."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import override_settings

from tests.factories.cast import make_cast
from tests.factories.ledger import RiskFactory
from tests.metrics.sheets.reading import pages_of, words_of
from tests.metrics.views.browsing import browser_of, links, opened
from tests.metrics.views.test_pages import fill

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
PAPER = "/clients/acme/summary.pdf"


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


@override_settings(AGENCY_NAME="Larkfield Agency")
def test_the_paper_holds_the_facts_of_the_page(cast):
    fill(cast.client_a, cast.pod_a, cast.manager.staff)
    RiskFactory(client=cast.client_a, told_by=cast.manager.staff, text="Their budget is cut")
    assert PAPER in links(opened(cast.manager, "/clients/acme/"))
    response = opened(cast.manager, PAPER)
    assert response["Content-Type"] == "application/pdf"
    assert pages_of(response.content) == 1
    said = words_of(response.content)
    for fact in (
        "Larkfield Agency",
        "As of Thu 19 Nov, 14:32",
        "Acme",
        "20% ÷ 50% expected = 0.40",
        "19 Nov − 7 Nov = 12 days",
        "3 hit ÷ 3 set = 100%",
        "Their budget is cut",
    ):
        assert fact in said


def test_a_client_with_nothing_still_fills_its_page(cast):
    said = words_of(opened(cast.leader, PAPER).content)
    assert "No 90-day goal runs" in said
    assert "No open risk is known." in said


def test_the_paper_of_a_foreign_client_is_absent(cast):
    browser = browser_of(cast.manager)
    assert browser.get("/clients/boreal/summary.pdf").status_code == 404
    assert browser.get("/clients/zzz/summary.pdf").status_code == 404
