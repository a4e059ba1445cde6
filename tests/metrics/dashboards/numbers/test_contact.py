from datetime import date, timedelta

import pytest

from clients.models import Touchpoint
from tests.factories.clients import PauseFactory
from tests.metrics.histories import LONG_AGO, client, measure, touch, value

pytestmark = pytest.mark.django_db

TODAY = date(2026, 7, 1)
Channel, Direction = Touchpoint.Channel, Touchpoint.Direction


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_the_average_looks_fine_while_one_client_is_silent_for_31_days():
    for days in (1, 2, 3, 4, 9, 31):
        touch(client(f"Silent for {days}"), days_ago(days))
    assert value("days_since_contact_mean") == pytest.approx(50 / 6)
    assert value("days_since_contact_median") == 3.5
    assert value("days_since_contact_max") == 31
    over = measure("clients_over_contact_standard")
    assert (over.value, over.part, over.whole) == (1, 1, 6)
    assert value("clients_over_contact_standard_share") == pytest.approx(1 / 6)


def test_ten_days_are_within_and_eleven_are_over():
    touch(client("Ten"), days_ago(10))
    assert value("clients_over_contact_standard") == 0
    touch(client("Eleven"), days_ago(11))
    assert value("clients_over_contact_standard") == 1


def test_a_touch_in_the_future_is_ignored_and_one_today_counts():
    waits = client("Waits")
    touch(waits, days_ago(5))
    touch(waits, days_ago(-1))
    assert value("days_since_contact_max") == 5
    touch(waits, TODAY)
    assert value("days_since_contact_max") == 0


def test_late_in_the_evening_is_the_agencys_day_and_not_that_of_utc():
    touch(client("Late call"), date(2026, 6, 30), hour=23)  # 00:00 on 1 July in London
    assert value("days_since_contact_max") == 0


@pytest.mark.parametrize(
    "kind",
    [
        {"channel": Channel.REPORT},
        {"channel": Channel.NEWSLETTER},
        {"channel": Channel.NOTE},
        {"channel": Channel.MISSED_CALL},
        {"channel": Channel.EMAIL, "automatic": True},
        {"channel": Channel.EMAIL, "direction": Direction.INBOUND},
    ],
)
def test_what_is_not_hearing_from_us_as_a_person_does_not_count(kind):
    waits = client("Waits")
    touch(waits, days_ago(20))
    touch(waits, days_ago(2), **kind)
    assert value("days_since_contact_max") == 20


def test_a_client_never_contacted_waits_since_it_came():
    client("New", (days_ago(12), None))
    client("Starts today", (TODAY, None))
    assert value("days_since_contact_max") == 12
    assert measure("days_since_contact_mean").whole == 2


def test_a_client_who_came_back_and_was_never_contacted_waits_since_then():
    client("Back", (LONG_AGO, date(2025, 1, 1)), (days_ago(3), None))
    assert value("days_since_contact_max") == 3


def test_clients_on_hold_and_gone_are_left_alone():
    touch(client("Here"), days_ago(2))
    PauseFactory(client=client("On hold"), started_on=days_ago(30))
    client("Gone", (LONG_AGO, TODAY))
    assert value("days_since_contact_max") == 2


def test_the_wait_of_a_past_day_is_counted_from_the_touches_by_then():
    waits = client("Waits")
    touch(waits, date(2026, 5, 1))
    touch(waits, date(2026, 6, 1))
    assert value("days_since_contact_max", as_of=date(2026, 5, 20)) == 19


def test_nobody_has_no_wait():
    assert measure("days_since_contact_mean").reason == "no clients we work for on 2026-07-01"
    assert measure("clients_over_contact_standard").value is None
