"""Segments: who stands where and why, the agency's own rules, capacities scored at once."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import plotly.graph_objects as go
import pytest
import time_machine
from django.core.exceptions import ValidationError

from clients.models import Capacity, Client, Fee, SegmentRule
from metrics.dashboards.segments.base import potentials
from metrics.queries.books import read_book
from metrics.queries.scopes import AGENCY
from tests.factories.asana import MembershipFactory
from tests.factories.cast import make_cast
from tests.factories.clients import (
    AssignmentFactory,
    EngagementFactory,
    ExchangeRateFactory,
    FeeFactory,
    TouchpointFactory,
)
from tests.factories.voices import ServiceFactory
from tests.metrics.charts.test_survival_curve import coloured
from tests.metrics.histories import client
from tests.metrics.views.browsing import browser_of, opened, queries, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY = THURSDAY.date()


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


def scored(name: str, touches: int, capacity: int | None, fee: int = 3000) -> Client:
    one = client(name, fee=fee)
    AssignmentFactory(client=one)
    for number in range(touches):
        TouchpointFactory(client=one, happened_at=THURSDAY - timedelta(days=10 + number))
    if capacity is not None:
        Capacity.objects.create(
            client=one, starts_on=date(2026, 1, 1), amount=capacity, currency="EUR"
        )
    return one


@pytest.fixture
def leader():
    cast = make_cast()
    for number, (touches, capacity) in enumerate(
        [(9, 200_000), (8, 9000), (1, 240_000), (0, 8000), (7, 150_000), (2, 12_000)]
    ):
        scored(f"Client {number}", touches, capacity)
    return cast.person("leader")


def page_of(user, query=""):
    return opened(user, f"/segments/{query}").context["page"]


def test_segments_are_for_leaders_only():
    cast = make_cast()
    for address in ("/segments/", "/segments/rules/", "/segments/capacity/", "/winback/"):
        for name in ("manager", "director", "salesperson"):
            opened(cast.person(name), address, 404)


def test_everybody_stands_in_one_quadrant_or_is_listed_as_missing(leader):
    page = page_of(leader)
    places = {one.line.who.name: one.quadrant for one in page.members}
    assert places["Client 0"] == "Stars"
    assert places["Client 1"] == "Cash cows"
    assert places["Client 2"] == "Problem children"
    assert places["Client 3"] == "Dogs"
    assert [one.line.who.name for one in page.missing] == ["Acme", "Boreal"]
    assert page.headline == "1 client could give us much more work"
    assert sum(group.clients for group in page.groups) == len(page.places.places) == 6
    go.Figure(coloured(page.figure))


def test_every_number_of_the_segments_leads_to_a_list_of_as_many(leader):
    page = page_of(leader)
    for group in page.groups:
        assert len(page_of(leader, group.url.split("/")[-1].split("#")[0]).shown) == group.clients
    fields = [field for _, fields in page.grid for field in fields]
    assert sum(field.clients for field in fields) == len(page.table.codes)
    for field in fields:
        found = page_of(leader, field.url.split("/")[-1].split("#")[0]).shown
        assert len(found) == field.clients


def test_last_paid_work_is_the_last_task_done_under_a_fee():
    worked, idle, gone = (client(name, fee=100) for name in ("Worked", "Idle", "Gone"))
    gone.fees.update(ends_on=DAY - timedelta(days=40))
    for days in (3, 30):
        MembershipFactory(
            project__client=worked, task__completed_on=DAY - timedelta(days=days),
            task__completed_at=THURSDAY - timedelta(days=days),
        )  # fmt: skip
    found = potentials(read_book(AGENCY, DAY), DAY, [worked.pk, idle.pk, gone.pk])
    assert [one.days_since_work for one in found] == [3, 0, 41]


def test_a_capacity_in_dollars_is_valued_and_one_of_tomorrow_not_known_yet():
    ExchangeRateFactory(currency="USD", rate=Decimal("0.9"))
    one = client("Dollars", fee=1)
    for day, amount in ((date(2026, 1, 1), 1000), (DAY + timedelta(days=1), 9000)):
        Capacity.objects.create(client=one, starts_on=day, amount=amount, currency="USD")
    (found,) = potentials(read_book(AGENCY, DAY), DAY, [one.pk])
    assert found.capacity == 900


def test_a_client_of_three_weeks_is_too_new_to_be_judged():
    new = client("New", (DAY - timedelta(days=20), None), fee=100)
    (found,) = potentials(read_book(AGENCY, DAY), DAY, [new.pk])
    assert found.activity is None


def test_leaders_write_their_own_rule_and_go_back_to_ours(leader):
    browser = browser_of(leader)
    browser.post("/segments/rules/", {"rule-star": "Dinner every month."})
    assert SegmentRule.objects.get(code="star").rule == "Dinner every month."
    assert "Dinner every month." in words(opened(leader, "/segments/"))
    default = page_of(leader).groups[0].rule.default
    browser.post("/segments/rules/", {"rule-star": default})
    assert not SegmentRule.objects.exists()


def test_capacities_are_scored_for_many_at_once_and_an_empty_field_is_left(leader):
    missing = page_of(leader).missing
    first = missing[0].line.id
    browser = browser_of(leader)
    bad = browser.post("/segments/capacity/", {f"capacity-{first}": "much"})
    assert "Write a number" in words(bad)
    browser.post("/segments/capacity/", {f"capacity-{first}": "60,000"})
    row = Capacity.objects.get(client_id=first)
    assert (row.amount, row.starts_on, row.currency) == (60_000, DAY, "EUR")
    assert len(page_of(leader).missing) == len(missing) - 1


def test_the_csv_of_the_segments_has_every_client(leader):
    body = browser_of(leader).get("/segments/?format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert len(rows) == 8
    assert {row["quadrant"] for row in rows} >= {"Stars", "Dogs", ""}


def test_an_agency_without_any_capacity_is_led_to_the_form():
    cast = make_cast()
    EngagementFactory(client=client("One more", (date(2020, 1, 1), date(2021, 1, 1))))
    FeeFactory(client=cast.client_a)
    said = words(opened(cast.person("leader"), "/segments/"))
    assert "Score capacity for 3 clients to start" in said


def test_segments_ask_as_little_however_many_clients(leader):
    few = queries(leader, "/segments/")
    for number in range(8):
        scored(f"More {number}", number, 10_000 * number)
    assert queries(leader, "/segments/") <= few <= 16


def test_a_service_in_use_weighs_as_much_as_a_touch_each_week():
    """The same services are used in each of the eight weeks that the mean is of."""
    ServiceFactory(name="ppc")
    scored("Uses", 0, 1000)
    scored("Talks", 8, 1000)
    Fee.objects.filter(client__name="Talks").update(service="Other")
    book = read_book(AGENCY, DAY)
    found = {one.client: one.activity for one in potentials(book, DAY, book.tenures)}
    assert list(found.values()) == [1.0, 1.0]


@pytest.mark.parametrize("code", ["problem", "561", "55", "551\n"])
def test_a_rule_for_a_segment_that_there_is_not_is_refused(code: str):
    with pytest.raises(ValidationError, match="Three digits"):
        SegmentRule(code=code, rule="Call.").full_clean()


def test_quiet_clients_who_could_buy_as_much_as_stars_do_are_worth_1500_a_month():
    for name, touches, capacity, fee in (
        ("Star", 9, 24_000, 1000),
        ("Larger star", 8, 60_000, 1000),
        ("Quiet", 0, 84_000, 500),
        ("Small", 0, 1000, 80),
        ("Smaller", 1, 900, 70),
        ("Smallest", 0, 800, 60),
    ):
        scored(name, touches, capacity, fee)
    leader = make_cast().person("leader")
    assert page_of(leader).worth.quantize(Decimal("0.01")) == 1500
    assert "Worth €1,500 a month" in page_of(leader).lead
    fee = Fee.objects.get(client__name="Quiet")
    fee.amount = 1995
    fee.save()
    assert "Worth" not in page_of(leader).lead, "5 of 1,995 a month is not worth telling"
