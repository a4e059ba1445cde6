"""The money page: its numbers lead to their rows, and its CSV has every month."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.factories.cast import make_cast
from tests.factories.clients import FeeFactory, GrossMarginFactory
from tests.metrics.histories import client
from tests.metrics.views.browsing import browser_of, links, opened, queries, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    cast = make_cast()
    FeeFactory(client=cast.client_a, amount=5000)
    FeeFactory(client=cast.client_b, amount=3000, ends_on=date(2026, 10, 10))
    FeeFactory(client=cast.client_b, amount=1000, starts_on=date(2026, 10, 10))
    client("Gone", (date(2025, 1, 1), date(2026, 9, 5)), fee=2000)
    GrossMarginFactory()
    return cast


def test_money_is_for_leaders_only(cast):
    for name in ("manager", "director", "accounting", "salesperson"):
        opened(cast.person(name), "/money/", 404)


def test_the_lead_names_the_pod_that_explains_most_of_the_drop(cast):
    response = opened(cast.person("leader"), "/money/")
    assert response.context["page"].headline == "€6,000 a month"
    assert "Oct 2026: €2,000 less, worse. Pod Basalt explains most of the drop" in words(response)


def test_every_amount_of_the_money_page_leads_to_its_rows(cast):
    leader = cast.person("leader")
    response = opened(leader, "/money/")
    found = [link for link in links(response) if link.startswith("/why/")]
    assert len(found) > 40
    for link in sorted(set(found))[::9]:
        opened(leader, link)


def test_the_csv_of_the_months_adds_up(cast):
    body = browser_of(cast.person("leader")).get("/money/?format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [row["month"] for row in rows][-2:] == ["2026-10", "2026-11"]
    october = rows[-2]
    assert (october["start"], october["contraction"], october["end"]) == (
        "8000.00", "-2000.00", "6000.00",
    )  # fmt: skip


def test_an_empty_agency_has_a_money_page_too():
    said = words(opened(make_cast().person("leader"), "/money/?month=nonsense&as_of=2023-01-05"))
    assert "MRR from month to month" in said


def test_money_asks_little_of_the_database(cast):
    assert queries(cast.person("leader"), "/money/") <= 17
