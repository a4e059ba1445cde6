from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client as Browser

from clients.models import User
from tests.factories.clients import UserFactory

pytestmark = pytest.mark.django_db
FORTNIGHT = timedelta(days=14)
PAGE = "/accounts/password/change/"
OPENED = {"accept": "text/html,*/*"}
BEGUN = datetime(2026, 11, 19, 12, tzinfo=UTC)


def days_later(days: int) -> time_machine.travel:
    return time_machine.travel(BEGUN + timedelta(days=days), tick=False)


@pytest.fixture
def browser() -> Browser:
    browser = Browser()
    with days_later(0):
        browser.force_login(UserFactory())
    return browser


def test_who_comes_back_within_a_fortnight_stays_signed_in(browser):
    for days in (10, 20, 30):
        with days_later(days):
            assert browser.get(PAGE, headers=OPENED).status_code == 200
    with days_later(45):
        assert browser.get(PAGE).status_code == 302


def test_the_end_moves_on_once_a_day_and_not_with_every_page(browser):
    with days_later(0):
        assert "sessionid" not in browser.get(PAGE, headers=OPENED).cookies
    with days_later(1):
        cookie = browser.get(PAGE, headers=OPENED).cookies["sessionid"]
        assert cookie["max-age"] == FORTNIGHT.total_seconds()
        assert Session.objects.get().expire_date == BEGUN + timedelta(days=1) + FORTNIGHT
        assert "sessionid" not in browser.get(PAGE, headers=OPENED).cookies


def test_what_is_saved_without_opening_a_page_counts_too(browser):
    with days_later(10):
        assert browser.post("/settings/keys/", {"single_keys": "off"}).status_code < 400
    with days_later(20):
        assert browser.get(PAGE).status_code == 200


@pytest.mark.parametrize("asks", [{**OPENED, "hx-request": "true"}, {"accept": "*/*"}, {}])
def test_an_open_page_or_wall_that_nobody_sits_before_keeps_nobody_signed_in(browser, asks):
    for days in (5, 10):
        with days_later(days):
            assert browser.get(PAGE, headers=asks).status_code == 200
    with days_later(15):
        assert browser.get(PAGE).status_code == 302


def test_who_may_no_longer_come_in_keeps_no_session_alive(browser):
    User.objects.update(is_active=False)
    with days_later(10):
        assert "sessionid" not in browser.get("/accounts/login/", headers=OPENED).cookies
        assert Session.objects.get().expire_date == BEGUN + FORTNIGHT


def test_who_is_not_signed_in_gets_no_session():
    assert "sessionid" not in Browser().get("/accounts/login/").cookies
    assert not Session.objects.exists()
