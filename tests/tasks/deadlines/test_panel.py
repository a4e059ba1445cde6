"""The ledger in short, on the pages of a client, a pod and a person."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.factories.cast import make_cast
from tests.factories.ledger import (
    PostponementFactory,
    PromiseEventFactory,
    PromiseFactory,
    moved,
)
from tests.metrics.views.browsing import browser_of, links, opened, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
PAGES = {
    "/clients/acme/": "client=acme",
    "/pods/amber/": "pod=amber",
    "/people/manager/": "manager=manager",
}


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.mark.parametrize("address", PAGES)
def test_a_quiet_ledger_says_so_and_leads_to_all_promises(cast, address):
    page = opened(cast.director, address)
    assert "No date has moved, and nothing was postponed." in words(page)
    assert f"/deadlines/?{PAGES[address]}" in links(page)


@pytest.mark.parametrize("address", PAGES)
def test_what_waits_and_what_happened_last_is_told_with_links(cast, address):
    owner = cast.manager.staff
    finding = moved(cast.client_a, owner, text="Booking form")
    asked = PostponementFactory(
        promise=PromiseFactory(client=cast.client_a, owner=owner, text="Price list")
    )
    page = opened(cast.director, address)
    text = words(page)
    assert "2 matters wait for a director or leader" in text
    assert "Due date moved Booking form" in text
    assert "20 Nov → 27 Nov, Someone in Asana" in text
    assert "27 Nov in place of 20 Nov, asked by Manager" in text
    for promise in (finding.promise, asked.promise):
        assert f"/deadlines/{promise.pk}/" in links(page)


@pytest.mark.parametrize("address", PAGES)
def test_a_director_answers_there_with_one_click_and_stays(cast, address):
    promise = PromiseFactory(client=cast.client_a, owner=cast.manager.staff)
    asked = PostponementFactory(promise=promise)
    assert "/approve/" in opened(cast.director, address).content.decode()
    url = f"/deadlines/requests/{asked.pk}/approve/"
    assert browser_of(cast.director).post(url, {"next": address}).url == address
    asked.refresh_from_db()
    assert asked.state == "approved"


@pytest.mark.parametrize("address", PAGES)
def test_a_manager_sees_the_request_without_the_answers(cast, address):
    promise = PromiseFactory(client=cast.client_a, owner=cast.manager.staff)
    PostponementFactory(promise=promise)
    page = opened(cast.manager, address)
    assert "A director or leader answers." in words(page)
    assert "/approve/" not in page.content.decode()


def test_what_does_not_fit_is_counted_with_a_link_to_it(cast):
    for _ in range(5):
        moved(cast.client_a, cast.manager.staff)
    page = opened(cast.leader, "/pods/amber/")
    assert "5 matters wait" in words(page)
    assert "2 more wait" in words(page)
    assert "/deadlines/?pod=amber&needs=any" in links(page)


def test_an_event_whose_finding_is_decided_stays_in_sight(cast):
    finding = moved(cast.client_a, cast.manager.staff)
    url = f"/deadlines/findings/{finding.pk}/confirm/"
    browser_of(cast.leader).post(url, {})
    text = words(opened(cast.leader, "/clients/acme/"))
    assert "nothing waits for an answer" in text
    assert "Due date moved: 20 Nov → 27 Nov, Someone in Asana" in text
    assert "Finding confirmed: Due date moved, Leader" in text


def test_only_the_newest_five_events_are_told(cast):
    promise = PromiseFactory(client=cast.client_a)
    for days in range(7):
        PromiseEventFactory(
            promise=promise,
            actor_name=f"Actor {days}",
            happened_at=THURSDAY - timedelta(days=days),
        )
    text = words(opened(cast.director, "/clients/acme/"))
    assert "Actor 4" in text
    assert "Actor 5" not in text


def test_a_past_day_tells_nothing_of_later(cast):
    PromiseEventFactory(promise=PromiseFactory(client=cast.client_a), happened_at=THURSDAY)
    page = words(opened(cast.director, "/clients/acme/?as_of=2026-11-18"))
    assert "No date has moved" in page


def test_a_persons_panel_holds_only_what_the_reader_may_see(cast):
    promise = PromiseFactory(client=cast.client_b, owner=cast.manager.staff, text="Secret form")
    PromiseEventFactory(promise=promise)
    assert "Secret form" not in words(opened(cast.manager, "/people/manager/"))
    assert "Secret form" in words(opened(cast.leader, "/people/manager/"))
