from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from tasks.models import Tactic
from tests.factories.cast import make_cast
from tests.factories.tasks import TacticFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
START = reverse("tasks:start_tactic", args=["acme"])
RULE = {
    "name": "Call-only ads",
    "metric": "Cost per lead",
    "threshold": "−10 %",
    "window_days": 30,
    "started_on": "2026-11-19",
}


@pytest.fixture(autouse=True)
def _thursday_of_week_47():
    with time_machine.travel(datetime(2026, 11, 19, 14, 32, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def browser_of(user):
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    return browser


def judge_url(tactic):
    return reverse("tasks:judge_tactic", args=[tactic.client.slug, tactic.pk])


def test_a_tactic_is_started_with_its_rule_and_leads_back_to_the_client(cast):
    browser = browser_of(cast.manager)
    assert "Say now what will count as a win" in browser.get(START).content.decode()
    response = browser.post(START, RULE)
    assert response.status_code == 302
    assert response.url == cast.client_a.get_absolute_url()
    tactic = Tactic.objects.get()
    assert (tactic.client, tactic.manager) == (cast.client_a, cast.manager.staff)
    assert (tactic.metric, tactic.threshold, tactic.window_days) == ("Cost per lead", "−10 %", 30)


def test_a_tactic_that_began_yesterday_is_refused_with_what_was_typed(cast):
    response = browser_of(cast.manager).post(START, {**RULE, "started_on": "2026-11-18"})
    text = response.content.decode()
    assert "start it today or later" in text
    assert "Call-only ads" in text
    assert not Tactic.objects.exists()


def test_a_tactic_is_judged_by_the_rule_that_is_shown(cast):
    tactic = TacticFactory(client=cast.client_a, started_on=date(2026, 10, 1))
    browser = browser_of(cast.manager)
    page = browser.get(judge_url(tactic)).content.decode()
    assert "Cost per lead −10 % in 30 days, so it can be won or lost from 31 Oct on." in page
    response = browser.post(judge_url(tactic), {"outcome": "win", "ended_on": "2026-11-19"})
    assert response.status_code == 302
    tactic.refresh_from_db()
    assert (tactic.outcome, tactic.ended_on) == ("win", date(2026, 11, 19))


def test_winning_before_the_window_is_over_is_refused_with_a_sentence(cast):
    tactic = TacticFactory(client=cast.client_a, started_on=date(2026, 11, 1))
    fields = {"outcome": "win", "ended_on": "2026-11-19"}
    response = browser_of(cast.manager).post(judge_url(tactic), fields)
    assert "runs until 1 Dec" in response.content.decode()
    tactic.refresh_from_db()
    assert tactic.outcome == "running"


def test_a_tactic_without_a_rule_says_so(cast):
    tactic = TacticFactory(client=cast.client_a, metric="", threshold="", window_days=None)
    page = browser_of(cast.manager).get(judge_url(tactic)).content.decode()
    assert "No rule was written down." in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_client_or_tactic_does_not_exist(cast, method):
    foreign = TacticFactory(client=cast.client_b)
    browser = browser_of(cast.manager)
    mixed = reverse("tasks:judge_tactic", args=["acme", foreign.pk])
    for address in (reverse("tasks:start_tactic", args=["boreal"]), judge_url(foreign), mixed):
        assert getattr(browser, method)(address, RULE).status_code == 404


def test_accounting_reads_clients_and_starts_no_tactics(cast):
    assert browser_of(cast.accounting).get(START).status_code == 403


def test_who_is_signed_out_is_sent_to_sign_in(cast):
    assert Browser().get(START).url.startswith("/accounts/login/")
