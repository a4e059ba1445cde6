"""What no honest request asks for is refused with a sentence, at once and never with a 500."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.throttling import UserRateThrottle

from clients.models import Client
from godview.api import NOUNS
from tests.api.asking import Asking
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import ClientFactory, TouchpointFactory
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def leader(cast: Cast) -> Asking:
    return Asking(cast.leader)


@pytest.mark.parametrize("size", ["201", "1000000000", "0", "-1", "x", "1.5", "", "²", "9" * 5000])
def test_a_page_of_any_other_size_is_refused(leader: Asking, size: str):
    answer = leader.get("clients", page_size=size)
    assert answer.status_code == 400
    assert answer.json() == {"page_size": ["Give a number from 1 to 200."]}


def test_pages_are_of_50_rows_and_up_to_200(leader: Asking):
    ClientFactory.create_batch(205)
    assert len(leader.get("clients").json()["results"]) == 50
    assert len(leader.get("clients", page_size=200).json()["results"]) == 200
    assert leader.get("clients").json()["count"] == 207
    assert leader.get("clients", page=99).status_code == 404


def test_no_row_stands_on_two_pages(leader: Asking, cast: Cast):
    """All at the same moment, so that only the id can keep them apart."""
    TouchpointFactory.create_batch(30, client=cast.client_a)
    pages = [leader.get("touchpoints", page_size=10, page=page).json() for page in (1, 2, 3)]
    ids = [row["id"] for page in pages for row in page["results"]]
    assert len(set(ids)) == 30


def test_an_unknown_filter_is_refused_by_name(leader: Asking):
    answer = leader.get("clients", cleint=5)
    assert answer.status_code == 400
    assert "There is no such filter" in answer.json()["cleint"][0]
    assert leader.get("clients", ordering="password").status_code == 400
    assert leader.get("touchpoints", client="five").status_code == 400
    assert leader.get("touchpoints", client=2**63).status_code == 400
    assert leader.get("fees", on="0001-01-01").status_code == 400
    assert leader.get("clients", search="\x00").status_code == 400
    assert leader.get("clients", search="a" * 201).status_code == 400


def test_an_id_that_is_no_number_is_not_there(leader: Asking):
    for pk in ("x", "1.5", "-1", "9" * 30, "%00", "1/2"):
        assert leader.get("clients", pk).status_code == 404


def test_a_body_that_is_too_large_too_deep_or_no_json_is_refused(leader: Asking):
    send = leader.browser.post
    for body, content_type, status in (
        ("x" * (1024 * 1024 + 1), "application/json", 413),
        ("[" * 100_000, "application/json", 400),
        ('{"a":' * 50_000, "application/json", 400),
        ("{", "application/json", 400),
        ("[1, 2]", "application/json", 400),
        ("null", "application/json", 400),
        ('"words"', "application/json", 400),
        ('{"name": NaN}', "application/json", 400),
        ("name=x", "application/x-www-form-urlencoded", 415),
        ("<a/>", "text/xml", 415),
    ):
        answer = send("/api/v1/clients/", body, content_type=content_type)
        assert answer.status_code == status, body[:20]


@pytest.mark.parametrize(
    "value", [True, [], {}, 1.5, "x", None, 1e400, -1, 2**64, [1], {"id": 1}, "1; DROP TABLE"]
)
def test_a_reference_is_an_id_and_nothing_else(leader: Asking, value: Any):
    body = json.dumps({"client": value, "name": "Bo"})
    answer = leader.browser.post("/api/v1/contacts/", body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("year", ["0001", "1899", "2200", "9999"])
def test_no_date_of_another_age_is_taken(leader: Asking, cast: Cast, year: str):
    answer = leader.post("engagements", client=cast.client_a.pk, started_on=f"{year}-01-01")
    assert answer.json()["started_on"] == ["Give a year from 1900 to 2199."]
    moment = leader.post(
        "touchpoints",
        client=cast.client_a.pk,
        happened_at=f"{year}-12-31T23:59:59Z",
        channel="call",
    )
    assert moment.status_code == 400


def test_who_asks_too_often_waits(leader: Asking, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(UserRateThrottle, "rate", "3/min", raising=False)
    codes = [leader.get("clients").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    assert int(leader.get("clients")["Retry-After"]) <= 60


def test_every_list_costs_the_same_however_long(monkeypatch: pytest.MonkeyPatch):
    """Ten queries at most, for two rows or for fifty."""
    world = make_world()
    asking = Asking(world.cast.manager)
    for noun in NOUNS:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            asking.get(noun)
        assert len(asked) <= 10, (noun, len(asked))
    TouchpointFactory.create_batch(50, client=world.cast.client_a)
    with CaptureQueriesContext(connection) as many:
        assert asking.get("touchpoints").json()["count"] == 51
    assert len(many) <= 7


def test_a_race_for_the_same_id_is_a_conflict_and_no_error(
    leader: Asking, monkeypatch: pytest.MonkeyPatch
):
    """Two at the same moment: the checks pass for both, the database refuses the second."""
    monkeypatch.setattr(Client, "full_clean", lambda *args, **kwargs: None)
    assert leader.post("clients", external_id="C-9", name="Nine").status_code == 201
    assert leader.post("clients", external_id="C-9", name="Nine").status_code == 409
    assert leader.get("clients").json()["count"] == 3
