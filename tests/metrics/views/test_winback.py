"""The Renew list: who is worth another try, in which order, and when to write."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils.text import slugify

from clients.models import Capacity, Client, Refusal
from tests.factories.cast import make_cast
from tests.metrics.histories import client
from tests.metrics.views.browsing import browser_of, opened, queries, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY = THURSDAY.date()


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def leader():
    return make_cast().person("leader")


def prospect(name: str) -> Client:
    row: Client = Client.objects.create(
        external_id=name, name=name, slug=slugify(name), status=Client.Status.PROSPECT
    )
    return row


def refused(name: str, *marks: int | None, days: int = 100, **more) -> Refusal:
    """Marks for brand, capacity and pitch."""
    brand, capacity, pitch = marks
    return Refusal.objects.create(
        client=prospect(name), refused_on=DAY - timedelta(days=days), brand=brand,
        capacity=capacity, pitch=pitch, **more,
    )  # fmt: skip


def page_of(user, query=""):
    return opened(user, f"/winback/{query}").context["page"]


def names(found):
    return [one.name for one in found]


def test_a_brand_of_5_a_capacity_of_3_and_a_pitch_of_4_make_12(leader):
    refused("Gas", 5, 3, 4)
    (one,) = page_of(leader).ranked
    assert (one.score, one.marks) == (12, "5 + 3 + 4")


def test_equal_sums_go_by_capacity_and_then_by_the_latest_refusal(leader):
    refused("Early", 4, 4, 4, days=300)
    refused("Late", 4, 4, 4, days=10)
    refused("Large", 3, 5, 4)
    refused("Best", 5, 5, 5)
    assert names(page_of(leader).ranked) == ["Best", "Large", "Late", "Early"]


def test_a_blunder_may_still_stand_above_and_is_flagged(leader):
    refused("Blunder", 5, 5, 1)
    refused("Fine", 4, 3, 3)
    response = opened(leader, "/winback/")
    assert names(response.context["page"].ranked) == ["Blunder", "Fine"]
    assert words(response).count("Our blunder") == 1


def test_without_all_three_marks_a_firm_is_listed_and_not_ranked(leader):
    refused("Half", 5, None, 3)
    page = page_of(leader)
    assert page.ranked == []
    assert (page.unranked[0].name, page.unranked[0].missing) == ("Half", "capacity")


def test_a_former_client_stands_beside_them_with_its_last_fee(leader):
    client("Gone", (date(2024, 1, 1), date(2026, 3, 1)), fee=4000)
    gone = next(one for one in page_of(leader).unranked if one.name == "Gone")
    assert (gone.last_fee, gone.left_on) == (4000, date(2026, 3, 1))
    assert gone.code is None  # nobody scored its capacity
    Capacity.objects.create(
        client=Client.objects.get(name="Gone"), starts_on=date(2025, 1, 1), amount=9, currency="EUR"
    )
    assert next(one for one in page_of(leader).unranked if one.name == "Gone").code is not None


def test_a_day_to_write_again_comes_due_and_a_reopened_pitch_leaves_the_list(leader):
    row = refused("Cruises", 3, 3, 3, remind_on=DAY)
    refused("Later", 3, 3, 3, remind_on=DAY + timedelta(days=1))
    assert page_of(leader).headline == "1 firm to write to now"
    row.reopened_on = DAY
    row.save()
    page = page_of(leader)
    assert (names(page.reopened), names(page.ranked), page.due) == (["Cruises"], ["Later"], [])
    assert names(page_of(leader, f"?as_of={DAY - timedelta(days=1)}").ranked) == [
        "Cruises", "Later",
    ]  # fmt: skip


def test_only_the_latest_refusal_of_a_firm_counts(leader):
    row = refused("Twice", 1, 1, 1, days=200)
    Refusal.objects.create(client=row.client, refused_on=DAY, brand=5, capacity=5, pitch=5)
    assert [one.score for one in page_of(leader).ranked] == [15]


FILLED = {"firm": "New Energy", "refused_on": "2026-11-01", "reason": "price", "brand": "4"}


def test_a_new_firm_becomes_a_prospect_and_a_known_one_is_found(leader):
    browser = browser_of(leader)
    assert browser.post("/winback/add/", FILLED).status_code == 302
    row = Refusal.objects.get()
    assert (row.client.name, row.client.status) == ("New Energy", Client.Status.PROSPECT)
    assert (row.brand, row.capacity) == (4, None)
    browser.post("/winback/add/", {**FILLED, "firm": "acme"})
    assert Refusal.objects.filter(client__slug="acme").count() == 1
    assert row.client.history.count() == 1
    opened(leader, row.client.get_absolute_url())


def test_the_form_says_what_is_wrong(leader):
    browser = browser_of(leader)
    tomorrow = browser.post("/winback/add/", {**FILLED, "refused_on": "2026-11-20"})
    assert "A refusal has happened" in words(tomorrow)
    early = browser.post("/winback/add/", {**FILLED, "reopened_on": "2026-10-01"})
    assert "We pitch again after the refusal" in words(early)
    browser.post("/winback/add/", FILLED)
    assert "has a refusal on this day" in words(browser.post("/winback/add/", FILLED))


def test_a_refusal_is_changed_in_place(leader):
    row = refused("Games", 1, 1, 1)
    told = {"refused_on": row.refused_on, "reason": "later", "brand": 5, "capacity": 5, "pitch": 5}
    assert browser_of(leader).post(f"/winback/{row.pk}/", told).status_code == 302
    assert page_of(leader).ranked[0].score == 15
    assert row.history.count() == 2
    opened(leader, "/winback/999/", 404)


def test_the_csv_of_the_renew_list_has_every_firm(leader):
    refused("=cmd", 1, 2, 3)
    refused("Half", None, 2, 3)
    body = browser_of(leader).get("/winback/?format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [(row["firm"], row["renew"]) for row in rows] == [("'=cmd", "6"), ("Half", "")]


def test_the_renew_list_asks_as_little_however_many_firms(leader):
    refused("One", 1, 1, 1)
    few = queries(leader, "/winback/")
    for number in range(6):
        refused(f"Firm {number}", 1, 1, 1)
        client(f"Gone {number}", (date(2024, 1, 1), date(2026, 3, 1)), fee=4000)
    assert queries(leader, "/winback/") <= few <= 18
