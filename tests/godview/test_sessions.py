from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client as Browser

from tests.factories.clients import UserFactory

pytestmark = pytest.mark.django_db
FORTNIGHT = timedelta(days=14)
PAGE = "/accounts/password/change/"
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
            assert browser.get(PAGE).status_code == 200
    with days_later(45):
        assert browser.get(PAGE).status_code == 302


def test_the_end_moves_on_once_a_day_and_not_with_every_page(browser):
    with days_later(0):
        assert "sessionid" not in browser.get(PAGE).cookies
    with days_later(1):
        assert browser.get(PAGE).cookies["sessionid"]["max-age"] == FORTNIGHT.total_seconds()
        assert Session.objects.get().expire_date == BEGUN + timedelta(days=1) + FORTNIGHT
        assert "sessionid" not in browser.get(PAGE).cookies


def test_an_open_page_that_nobody_sits_before_keeps_nobody_signed_in(browser):
    for days in (5, 10):
        with days_later(days):
            assert browser.get(PAGE, headers={"hx-request": "true"}).status_code == 200
    with days_later(15):
        assert browser.get(PAGE).status_code == 302


def test_who_is_not_signed_in_gets_no_session():
    assert "sessionid" not in Browser().get("/accounts/login/").cookies
    assert not Session.objects.exists()
