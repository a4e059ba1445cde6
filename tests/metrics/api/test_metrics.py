from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from rest_framework.views import APIView

from metrics.catalogue import CATALOGUE
from tests.factories.cast import PEOPLE, Cast, make_cast
from tests.factories.clients import FeeFactory
from tests.metrics.histories import LONG_AGO, client

pytestmark = pytest.mark.django_db

ONE = "/api/v1/metrics/client_retention_rate/"


@pytest.fixture(autouse=True)
def _no_rate_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(APIView, "throttle_classes", [])


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def ask(user: Any, address: str, **parameters: str) -> Any:
    browser = Browser()
    browser.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return browser.get(address, parameters)


def test_a_number_comes_with_its_meaning_its_counts_and_its_context(cast: Cast):
    client("Left", (LONG_AGO, date(2026, 6, 15)))
    answer = ask(cast.leader, ONE, as_of="2026-07-01").json()
    assert answer == {
        "key": "client_retention_rate",
        "name": "Clients kept",
        "unit": "share",
        "definition": CATALOGUE["client_retention_rate"].definition,
        "formula": CATALOGUE["client_retention_rate"].formula,
        "source": "docs/definitions.md, 1",
        "threshold": None,
        "lower_is_better": False,
        "value": pytest.approx(2 / 3),
        "part": 2,
        "whole": 3,
        "reason": None,
        "small_base": True,
        "scope": "agency",
        "period": "2026-06-01..2026-07-01",
        "as_of": "2026-07-01",
        "known_on": None,
    }


def test_the_list_has_every_number_of_the_catalogue(cast: Cast):
    answer = ask(cast.leader, "/api/v1/metrics/", period="year").json()
    assert [metric["key"] for metric in answer] == list(CATALOGUE)
    unknown = [metric for metric in answer if metric["value"] is None]
    assert unknown
    assert all(metric["reason"] for metric in unknown)


def test_start_and_end_alone_speak_of_the_end(cast: Cast):
    answer = ask(cast.leader, ONE, period="2026-03-01..2026-04-01").json()
    assert (answer["as_of"], answer["period"]) == ("2026-04-01", "2026-03-01..2026-04-01")


@time_machine.travel("2026-11-21 09:00")
def test_a_period_that_is_not_over_is_cut_at_today(cast: Cast):
    answer = ask(cast.leader, ONE, period="2026-11-01..2026-12-01").json()
    assert (answer["as_of"], answer["period"]) == ("2026-11-21", "2026-11-01..2026-11-21")


SCOPES = {
    "agency": (*PEOPLE,),
    "department:search": ("leader", "admin", "director"),
    "pod:amber": ("leader", "admin", "director", "manager", "designer", "accounting"),
    "pod:basalt": ("leader", "admin", "manager_b", "accounting"),
    "client:acme": ("leader", "admin", "director", "manager", "designer", "accounting"),
    "client:boreal": ("leader", "admin", "manager_b", "accounting"),
    "manager:manager": ("leader", "admin", "director", "manager", "designer"),
    "manager:other": ("leader", "admin", "manager_b"),
}
NO_ROLE = ("left", "stranger")


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_outside_the_reach_is_as_absent_as_one_that_does_not_exist(cast: Cast, scope: str):
    scope = scope.replace("department:search", f"department:{cast.department_a.slug}")
    for name in PEOPLE:
        answer = ask(cast.person(name), ONE, scope=scope)
        if name in NO_ROLE:
            assert answer.status_code == 403, name
        elif name in SCOPES.get(scope, SCOPES["department:search"]):
            assert answer.status_code == 200, name
        else:
            absent = ask(cast.person(name), ONE, scope=scope.partition(":")[0] + ":nobody")
            assert answer.status_code == absent.status_code == 404, name
            assert answer.content == absent.content


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"period": "week"}, "period"),
        ({"period": "2026-07-01..2026-06-01"}, "period"),
        ({"period": "2026-07-01..2026-08-01", "as_of": "2026-06-01"}, "period"),
        ({"period": "0001-01-01..0002-01-01"}, "period"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"as_of": "0001-01-01"}, "as_of"),
        ({"as_of": "2199-01-01"}, "as_of"),
        ({"scope": "pod:\0"}, "scope"),
        ({"scop": "agency"}, "scop"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(cast: Cast, parameters: Any, field: str):
    answer = ask(cast.leader, ONE, **parameters)
    assert answer.status_code == 400
    assert list(answer.json()) == [field]


@pytest.mark.parametrize("scope", ["planet", "pod:", "client:nobody"])
def test_a_scope_that_does_not_exist_is_not_found(cast: Cast, scope: str):
    assert ask(cast.leader, ONE, scope=scope).status_code == 404


def test_a_metric_that_does_not_exist_is_not_found(cast: Cast):
    assert ask(cast.leader, "/api/v1/metrics/happiness/").status_code == 404


def test_nobody_signed_in_gets_nothing(cast: Cast):
    assert Browser().get(ONE).status_code == 401


def test_the_numbers_are_those_of_the_scope(cast: Cast):
    FeeFactory(client=cast.client_a, amount=700)
    FeeFactory(client=cast.client_b, amount=900)
    address = "/api/v1/metrics/mrr/"
    assert ask(cast.leader, address).json()["value"] == 1600
    assert ask(cast.manager, address, scope="client:acme").json()["value"] == 700
    assert ask(cast.leader, address, scope="pod:basalt").json()["value"] == 900


def test_a_number_explains_itself_with_rows_that_recount_to_it(cast: Cast):
    client("Left", (LONG_AGO, date(2026, 6, 15)))
    answer = ask(cast.leader, ONE, as_of="2026-07-01", explain="1").json()
    assert answer["worked"] == "2 ÷ 3 = 66.7%"
    assert len(answer["course"]) == 13
    counts_as = answer["columns"].index("counts_as")
    sides = [row[counts_as] for row in answer["rows"]]
    assert (len(sides), answer["rows_in_all"]) == (3, 3)
    assert sides.count(sides[0]) in (1, 2)


def test_a_manager_gets_only_the_rows_of_their_clients(cast: Cast):
    client("Left", (LONG_AGO, date(2026, 6, 15)))
    answer = ask(cast.manager, ONE, as_of="2026-07-01", explain="1").json()
    assert (len(answer["rows"]), answer["rows_in_all"]) == (1, 3)


def test_a_number_is_told_month_by_month(cast: Cast):
    client("Left", (LONG_AGO, date(2026, 6, 15)))
    answer = ask(cast.leader, ONE + "series/", as_of="2026-07-01", count="2").json()
    assert [point["period"] for point in answer["points"]] == [
        "2026-05-01..2026-06-01",
        "2026-06-01..2026-07-01",
    ]
    assert [point["value"] for point in answer["points"]] == [1.0, pytest.approx(2 / 3)]


@pytest.mark.parametrize("wrong", [{"step": "day"}, {"count": "0"}, {"count": "9999"}])
def test_a_series_that_cannot_be_is_refused(cast: Cast, wrong: dict[str, str]):
    assert ask(cast.leader, ONE + "series/", **wrong).status_code == 400


def test_a_number_is_told_as_it_was_known(cast: Cast):
    answer = ask(cast.leader, ONE, as_of="2026-07-01", known_on="2020-01-01").json()
    assert (answer["value"], answer["known_on"]) == (None, "2020-01-01")


@pytest.mark.parametrize(
    ("person", "status"), [("leader", 200), ("accounting", 200), ("manager", 404)]
)
def test_what_one_client_costs_is_not_for_everybody_who_sees_it(
    cast: Cast, person: str, status: int
):
    whose = f"client:{cast.client_a.external_id}"
    user = cast.person(person)
    assert ask(user, "/api/v1/metrics/gross_margin/", scope=whose).status_code == status
    assert ask(user, "/api/v1/metrics/gross_margin/series/", scope=whose).status_code == status
    assert ask(user, "/why/gross_margin/", scope=whose).status_code == status
    keys = {metric["key"] for metric in ask(user, "/api/v1/metrics/", scope=whose).json()}
    assert ("gross_margin" in keys) == (status == 200)
    assert ask(user, "/api/v1/metrics/gross_margin/").status_code == 200
