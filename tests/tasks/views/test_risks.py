"""Risks of a client: told, answered and closed on pages that its own people reach."""

from datetime import UTC, datetime

import pytest
import time_machine

from tasks.models import Risk
from tests.factories.cast import make_cast
from tests.factories.ledger import RiskFactory
from tests.metrics.views.browsing import browser_of, links, opened, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
TELL = "/clients/acme/risks/"


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def test_a_risk_lives_on_the_clients_page_until_it_is_closed(cast):
    assert "No open risk is known" in words(opened(cast.manager, "/clients/acme/"))
    told = {"text": "Their budget is cut", "owner": cast.manager.staff.pk}
    assert browser_of(cast.designer).post(TELL, told).url == "/clients/acme/"
    row = Risk.objects.get()
    page = opened(cast.manager, "/clients/acme/")
    assert "Their budget is cut" in words(page)
    assert f"{TELL}{row.pk}/close/" in links(page)
    said = {"answer": "Show what it earned", "due_on": "2026-12-01"}
    browser_of(cast.manager).post(f"{TELL}{row.pk}/", said)
    assert "Show what it earned" in words(opened(cast.manager, "/clients/acme/"))
    browser_of(cast.manager).post(f"{TELL}{row.pk}/close/", {"outcome": "avoided"})
    assert "Their budget is cut" not in words(opened(cast.manager, "/clients/acme/"))


def test_risks_of_foreign_clients_are_absent_and_accounting_only_reads(cast):
    foreign = RiskFactory(client=cast.client_b, told_by=cast.manager_b.staff)
    for url in ("/clients/boreal/risks/", f"{TELL}{foreign.pk}/", f"{TELL}{foreign.pk}/close/"):
        assert browser_of(cast.manager).get(url).status_code == 404
    assert browser_of(cast.accounting).get(TELL).status_code == 403
    assert TELL not in links(opened(cast.accounting, "/clients/acme/"))


def test_the_api_tells_answers_and_closes(cast):
    browser = browser_of(cast.manager)
    kind = "application/json"
    said = {"client": cast.client_a.pk, "text": "Their budget is cut"}
    made = browser.post("/api/v1/risks/", said, content_type=kind)
    assert made.status_code == 201, made.content
    assert made.json()["told_by"] == cast.manager.staff.pk
    url = f"/api/v1/risks/{made.json()['id']}/"
    browser.post(f"{url}answer/", {"answer": "Show the sales"}, content_type=kind)
    closed = browser.post(f"{url}close/", {"outcome": "happened"}, content_type=kind)
    assert (closed.json()["answer"], closed.json()["outcome"]) == ("Show the sales", "happened")
    assert (
        browser.post(f"{url}close/", {"outcome": "avoided"}, content_type=kind).status_code == 400
    )
