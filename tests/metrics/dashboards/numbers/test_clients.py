from datetime import date, timedelta

import pytest

from godview.periods import Period
from tests.factories.clients import EngagementFactory, PauseFactory
from tests.metrics.histories import JUNE, LONG_AGO, client, measure, value

pytestmark = pytest.mark.django_db

MID_JUNE = date(2026, 6, 15)


def test_ten_clients_four_won_two_lost_is_80_percent_never_60():
    for number in range(8):
        client(f"Stayed {number}")
    for number in range(2):
        client(f"Left {number}", (LONG_AGO, MID_JUNE))
    for number in range(4):
        client(f"Won {number}", (MID_JUNE, None))
    kept = measure("client_retention_rate")
    assert (kept.value, kept.part, kept.whole, kept.small_base) == (0.8, 8, 10, True)
    assert value("client_retention_rate_seed") == 0.8
    assert value("logo_churn_rate") == pytest.approx(0.2)
    assert value("logo_churn_rate_stripe") == pytest.approx(2 / 14)
    assert [value(f"clients_{word}") for word in ("active", "gained", "lost")] == [12, 4, 2]
    assert value("revolving_door_ratio") == 0.5
    assert value("growth_ceiling") == pytest.approx(4 / 0.2)


def test_joined_and_left_inside_the_period_fools_the_formula_in_print_only():
    for number in range(9):
        client(f"Stayed {number}")
    client("Left", (LONG_AGO, MID_JUNE))
    client("Short", (date(2026, 6, 5), date(2026, 6, 25)))
    assert value("client_retention_rate") == 0.9
    assert value("client_retention_rate_seed") == pytest.approx(0.8)


def test_left_and_came_back_is_kept():
    client("Prodigal", (LONG_AGO, date(2026, 6, 5)), (date(2026, 6, 20), None))
    assert value("client_retention_rate") == 1.0
    assert (value("clients_lost"), value("clients_returned"), value("clients_gained")) == (1, 1, 0)


@pytest.mark.parametrize(
    ("left_on", "kept"),
    [(JUNE.start, None), (JUNE.end, 0.0), (JUNE.end + timedelta(days=1), 1.0)],
)
def test_the_boundary_days_of_a_departure(left_on, kept):
    client("Leaver", (LONG_AGO, left_on))
    assert value("client_retention_rate", as_of=date(2026, 8, 1)) == kept


def test_who_starts_on_the_first_day_is_at_risk_and_on_the_last_is_new():
    client("First", (JUNE.start, None))
    client("Last", (JUNE.end, None))
    assert measure("client_retention_rate").whole == 1
    assert value("clients_gained") == 1


def test_nobody_is_no_number_and_says_why():
    kept = measure("client_retention_rate")
    assert kept.value is None
    assert kept.reason == "no clients on 2026-06-01"
    assert measure("growth_ceiling").reason == "no clients on 2026-06-01"


def test_without_a_loss_there_is_no_ceiling():
    client("Loyal")
    assert measure("growth_ceiling").reason.startswith("no ceiling")


@pytest.mark.parametrize(("days", "kept", "active"), [(90, 1.0, 1), (91, 0.0, 0)])
def test_a_pause_longer_than_90_days_is_a_departure_on_its_first_day(days, kept, active):
    paused = client("Sleeper")
    paused_on = date(2026, 6, 10)
    PauseFactory(client=paused, started_on=paused_on)
    as_of = paused_on + timedelta(days=days)
    assert value("client_retention_rate", as_of=as_of) == kept
    assert value("clients_active", as_of=as_of) == active
    assert value("clients_paused", as_of=as_of) == active


def test_a_long_pause_that_ended_is_a_departure_and_a_return():
    sleeper = client("Sleeper")
    PauseFactory(client=sleeper, started_on=date(2026, 2, 1), ended_on=date(2026, 6, 10))
    assert value("clients_returned") == 1
    assert value("client_retention_rate") is None
    half_year = Period(date(2026, 1, 1), date(2026, 7, 1))
    assert value("clients_lost", half_year) == 1
    assert value("client_retention_rate", half_year) == 1.0


def test_the_numbers_of_a_past_day_do_not_know_what_came_later():
    leaver = client("Leaver", (LONG_AGO, date(2026, 9, 1)))
    client("Later", (date(2026, 8, 1), None))
    before = measure("client_retention_rate"), value("clients_active", as_of=JUNE.end)
    EngagementFactory(client=leaver, started_on=date(2026, 10, 1))
    assert (measure("client_retention_rate"), value("clients_active", as_of=JUNE.end)) == before
    assert before[1] == 1


def test_a_quarter_of_6_percent_a_month_is_annualised_by_its_months():
    quarter = Period(date(2026, 4, 1), date(2026, 7, 1))
    for number in range(9):
        client(f"Stayed {number}")
    client("Left", (LONG_AGO, date(2026, 5, 1)))
    assert value("logo_churn_rate_annualised", quarter) == pytest.approx(1 - 0.9**4)
