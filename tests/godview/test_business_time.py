from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from godview.business_time import BusinessCalendar

POLAND = BusinessCalendar("PL", "Europe/Warsaw")
WARSAW = ZoneInfo("Europe/Warsaw")


def at(*clock, zone=WARSAW):
    return datetime(*clock, tzinfo=zone)


def test_asked_on_friday_at_16_is_due_on_monday_at_16():
    assert POLAND.due(at(2026, 11, 13, 16)) == at(2026, 11, 16, 16)


def test_three_business_days_from_a_thursday_end_on_tuesday():
    assert POLAND.due(at(2026, 11, 19, 10, 30), business_days=3) == at(2026, 11, 24, 10, 30)


@pytest.mark.parametrize(
    ("asked", "opening"),
    [
        (at(2026, 11, 16, 7, 59), at(2026, 11, 16, 9)),
        (at(2026, 11, 16, 17), at(2026, 11, 17, 9)),
        (at(2026, 11, 16, 23, 30), at(2026, 11, 17, 9)),
        (at(2026, 11, 13, 18), at(2026, 11, 16, 9)),
        (at(2026, 11, 14, 12), at(2026, 11, 16, 9)),
    ],
    ids=["before opening", "at closing", "at night", "Friday evening", "Saturday"],
)
def test_outside_office_hours_the_clock_starts_at_the_next_opening(asked, opening):
    assert POLAND.starts_counting(asked) == opening
    assert POLAND.due(asked) == POLAND.due(opening)


def test_within_office_hours_the_clock_starts_at_once():
    assert POLAND.starts_counting(at(2026, 11, 16, 9)) == at(2026, 11, 16, 9)
    assert POLAND.starts_counting(at(2026, 11, 16, 16, 59)) == at(2026, 11, 16, 16, 59)


def test_a_public_holiday_of_the_clients_country_does_not_count():
    """11 November is a holiday in Poland and a working day in Germany."""
    asked = at(2026, 11, 10, 12)
    assert POLAND.due(asked) == at(2026, 11, 12, 12)
    assert BusinessCalendar("DE", "Europe/Berlin").due(asked) == at(2026, 11, 11, 12)


def test_a_movable_holiday_is_known():
    """Easter Monday of 2026 is 6 April; Good Friday is a working day in Poland."""
    assert not POLAND.is_business_day(date(2026, 4, 6))
    assert POLAND.due(at(2026, 4, 3, 15)) == at(2026, 4, 7, 15)


def test_the_clock_runs_in_the_clients_zone_not_in_that_of_the_question():
    """15:00 in New York is 21:00 in Warsaw, where the office is closed."""
    asked = at(2026, 11, 16, 15, zone=ZoneInfo("America/New_York"))
    assert POLAND.due(asked) == at(2026, 11, 18, 9)


def test_summer_time_moves_the_instant_and_not_the_clock_on_the_wall():
    """Clocks go back in Warsaw on 25 October 2026: from Friday 16:00 to Monday 16:00 is 73 h."""
    asked = at(2026, 10, 23, 16)
    due = POLAND.due(asked)
    assert due == at(2026, 10, 26, 16)
    assert due.astimezone(UTC) - asked.astimezone(UTC) == timedelta(hours=73)


def test_a_country_without_a_known_calendar_has_weekends_only():
    nowhere = BusinessCalendar("XX", "UTC")
    assert nowhere.due(datetime(2026, 12, 25, 10, tzinfo=UTC)) == datetime(
        2026, 12, 28, 10, tzinfo=UTC
    )


def test_what_a_client_does_not_tell_is_the_agencys_own(settings):
    settings.AGENCY_COUNTRY, settings.TIME_ZONE = "ES", "Europe/Madrid"
    assert BusinessCalendar.of("", "") == BusinessCalendar("ES", "Europe/Madrid")
    assert BusinessCalendar.of("PL", "Europe/Warsaw") == POLAND


def test_business_days_are_counted_half_open():
    monday, next_monday = date(2026, 11, 16), date(2026, 11, 23)
    assert POLAND.business_days_between(monday, next_monday) == 5
    assert POLAND.business_days_between(monday, monday) == 0
    assert POLAND.business_days_between(date(2026, 11, 9), monday) == 4  # the 11th is a holiday


@settings(max_examples=300, deadline=None)
@given(
    asked=st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    days=st.integers(1, 20),
)
def test_a_reply_is_always_due_within_office_hours_and_after_the_question(asked, days):
    due = POLAND.due(asked, days)
    assert due > asked
    assert POLAND.is_business_day(due.date())
    assert POLAND.starts_counting(due) == due
    started = POLAND.starts_counting(asked).date()
    assert POLAND.business_days_between(started, due.date()) == days
