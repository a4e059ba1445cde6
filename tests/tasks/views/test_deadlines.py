"""The ledger as a list: what it shows, to whom, by which filters, and how little it asks."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client as Browser

from tasks.models import Postponement, Promise
from tests.factories.cast import make_cast
from tests.factories.clients import AssignmentFactory, ClientFactory, StaffFactory
from tests.factories.ledger import (
    PostponementFactory,
    PromiseEventFactory,
    PromiseFactory,
    moved,
)
from tests.metrics.views.browsing import links, opened, queries, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def promised(cast, text, **more):
    told = {"client": cast.client_a, "owner": cast.manager.staff, "text": text}
    return PromiseFactory(**{**told, **more})


def shown(cast, query="", who="director"):
    page = words(opened(cast.person(who), f"/deadlines/{query}"))
    return {text for text in Promise.objects.values_list("text", flat=True) if text in page}


def test_an_empty_ledger_says_how_promises_come_about(cast):
    page = words(opened(cast.leader, "/deadlines/"))
    assert "0 promises" in page
    assert "Nothing is promised yet" in page


def test_a_row_shows_the_three_days_the_state_and_what_was_done_to_it(cast):
    finding = moved(cast.client_a, cast.manager.staff, text="Booking form")
    page = opened(cast.director, "/deadlines/")
    text = words(page)
    for told in ("Booking form", "Acme", "Manager", "20 Nov", "27 Nov", "Open", "1×"):
        assert told in text
    assert "1 to be looked at , 1 changed without an agreement, none postponed." in text
    assert f"/deadlines/{finding.promise_id}/" in links(page)
    assert "/clients/acme/" in links(page)


@pytest.mark.parametrize(
    ("standing", "word"),
    [
        ({"state": "done", "completed_on": date(2026, 11, 18)}, "Done"),
        ({"state": "done", "completed_on": date(2026, 11, 21)}, "Done late"),
        ({"state": "missed"}, "Missed"),
        ({"state": "gone", "is_gone": True}, "Deleted"),
        ({"state": "gone"}, "Withdrawn"),
        ({"agreed_on": date(2026, 11, 18)}, "Late"),
        ({}, "Open"),
    ],
)
def test_every_state_has_its_word(cast, standing, word):
    promised(cast, "Form", **{f"standing__{name}": value for name, value in standing.items()})
    assert f"Manager {word} 20 Nov" in words(opened(cast.leader, "/deadlines/"))


def test_a_person_sees_the_promises_of_their_clients_only(cast):
    promised(cast, "Ours")
    promised(cast, "Theirs", client=cast.client_b)
    assert shown(cast, who="manager") == shown(cast, who="director") == {"Ours"}
    assert shown(cast, who="manager_b") == {"Theirs"}
    assert shown(cast, who="leader") == shown(cast, who="accounting") == {"Ours", "Theirs"}
    assert shown(cast, who="stranger") == set()


def test_a_task_made_anew_is_not_a_second_promise(cast):
    first = promised(cast, "First words")
    promised(cast, "Second words", standing__continues=first)
    assert shown(cast) == {"First words"}


def test_each_filter_narrows_the_list(cast):
    other = StaffFactory(name="Zoe", slug="zoe")
    promised(cast, "Plain form")
    promised(cast, "Of Zoe", owner=other, due_on=date(2026, 11, 26))
    promised(cast, "A goal", weekly=True)
    promised(cast, "Much too late", standing__agreed_on=date(2026, 11, 1))
    moved(cast.client_a, cast.manager.staff, text="Was moved")
    PostponementFactory(promise=promised(cast, "Wants more"), asked_by=cast.manager.staff)
    everything = set(Promise.objects.values_list("text", flat=True))
    assert shown(cast, "?client=acme") == everything
    assert shown(cast, "?pod=amber") == everything
    assert shown(cast, "?manager=zoe") == {"Of Zoe"}
    assert shown(cast, "?q=TOO+late") == {"Much too late"}
    assert shown(cast, "?kind=week") == {"A goal"}
    assert shown(cast, "?state=late") == {"Much too late"}
    assert shown(cast, "?state=done") == set()
    assert shown(cast, "?what=attempt") == shown(cast, "?what=moved") == {"Was moved"}
    assert shown(cast, "?needs=findings") == {"Was moved"}
    assert shown(cast, "?needs=requests") == shown(cast, "?reason=estimate") == {"Wants more"}
    assert shown(cast, "?needs=any") == {"Was moved", "Wants more"}
    assert shown(cast, "?due=next") == {"Of Zoe"}
    assert shown(cast, "?due=2026-11-26..2026-11-27") == {"Of Zoe"}
    assert shown(cast, "?manager=zoe&needs=any") == set()


def test_what_and_when_are_asked_of_the_same_event(cast):
    row = promised(cast, "Two events")
    PromiseEventFactory(promise=row, happened_at=THURSDAY - timedelta(days=60))
    PromiseEventFactory(promise=row, kind="asked", happened_at=THURSDAY)
    assert shown(cast, "?what=asked&happened=week") == {"Two events"}
    assert shown(cast, "?what=moved&happened=week") == set()
    assert shown(cast, "?happened=week") == {"Two events"}
    assert shown(cast, "?what=moved&happened=quarter") == {"Two events"}


def test_an_agreed_change_is_no_attempt(cast):
    PromiseEventFactory(promise=promised(cast, "In order"), excuse="approved")
    assert shown(cast, "?what=attempt") == set()
    assert shown(cast, "?what=moved") == {"In order"}


@pytest.mark.parametrize(
    "query", ["?client=boreal", "?kind=x", "?due=never", "?happened=1..2", "?page=99", "?sort=x"]
)
def test_nonsense_and_foreign_names_in_the_address_filter_nothing(cast, query):
    promised(cast, "Ours")
    promised(cast, "Theirs", client=cast.client_b)
    assert shown(cast, query, who="manager") == {"Ours"}


def test_filters_offer_nothing_foreign(cast):
    promised(cast, "Theirs", client=cast.client_b, owner=cast.manager_b.staff)
    page = opened(cast.manager, "/deadlines/").content.decode()
    assert "Boreal" not in page
    assert "Basalt" not in page
    assert "Other" not in page


def test_what_waits_comes_first_and_any_column_sorts(cast):
    promised(cast, "Aaa")
    moved(cast.client_a, cast.manager.staff, text="Zzz")
    first = words(opened(cast.leader, "/deadlines/"))
    assert first.index("Zzz") < first.index("Aaa")
    by_name = opened(cast.leader, "/deadlines/?sort=text")
    assert words(by_name).index("Aaa") < words(by_name).index("Zzz")
    assert 'aria-sort="ascending"' in by_name.content.decode()
    assert "/deadlines/?sort=-text" in {f"/deadlines/{link}" for link in links(by_name)}


@pytest.mark.parametrize(
    "column",
    ["text", "client", "owner", "state", "promised", "agreed", "asana", "attempts", "postponed"],
)
def test_every_column_sorts_both_ways(cast, column):
    promised(cast, "Aaa")
    for sort in (column, f"-{column}"):
        assert "Aaa" in words(opened(cast.leader, f"/deadlines/?sort={sort}"))


def test_the_csv_holds_every_row_that_passes_the_filters(cast):
    for number in range(60):
        promised(cast, f"Form {number}")
    promised(cast, "=1+1", due_on=date(2026, 12, 1))
    response = opened(cast.leader, "/deadlines/?q=form&format=csv&page=2")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 60
    assert rows[0]["promised_on"] == "2026-11-20"
    assert rows[0]["client"] == "Acme"
    harmless = opened(cast.leader, "/deadlines/?q=1&due=2026-12-01..2026-12-02&format=csv")
    assert "'=1+1" in harmless.content.decode()


def test_a_long_list_has_pages_that_keep_the_filters(cast):
    for number in range(60):
        promised(cast, f"Form {number}")
    page = opened(cast.leader, "/deadlines/?kind=task&page=2")
    assert "Page 2 of 2" in words(page)
    assert "60 promises found" in words(page)
    assert "?kind=task&page=1" in links(page)


@pytest.mark.parametrize("person", ["leader", "director", "manager"])
def test_more_promises_cost_no_more_queries(cast, person):
    moved(cast.client_a, cast.manager.staff)
    few = queries(cast.person(person), "/deadlines/")
    for number in range(12):
        client = ClientFactory(name=f"Client {number}")
        AssignmentFactory(client=client, pod=cast.pod_a, account_manager=cast.manager.staff)
        finding = moved(client, StaffFactory())
        PostponementFactory(promise=finding.promise)
    assert Postponement.objects.count() == 12
    assert queries(cast.person(person), "/deadlines/") <= few <= 12


def test_the_ledger_is_closed_and_only_read(cast):
    assert Browser().get("/deadlines/").url.startswith("/accounts/login/")
    browser = Browser()
    browser.force_login(cast.leader)
    assert browser.post("/deadlines/").status_code == 405
