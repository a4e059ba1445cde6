from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from godview.periods import (
    Period,
    add_months,
    closed_months,
    full_weeks_before,
    iso_week,
    local_day,
    month_of,
    parse_day,
    parse_period,
    quarter_of,
    start_of_day,
    trailing,
    week_of,
    weeks_in_year,
    year_of,
)

ZONES = [
    "UTC",
    "Europe/London",
    "Europe/Warsaw",
    "America/New_York",
    "America/Havana",  # clocks skip and repeat midnight
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Asia/Beirut",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Pacific/Apia",
    "Pacific/Honolulu",
]
DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))
FIRST, LAST = datetime(2023, 1, 1), datetime(2027, 12, 31)  # noqa: DTZ001
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


def test_a_period_holds_its_first_day_and_not_its_last():
    june = Period(date(2026, 6, 1), date(2026, 7, 1))
    assert date(2026, 6, 1) in june
    assert date(2026, 6, 30) in june
    assert date(2026, 7, 1) not in june
    assert june.days == 30


@pytest.mark.parametrize("end", [date(2026, 6, 1), date(2026, 5, 31)])
def test_a_period_that_does_not_end_after_it_starts_is_refused(end):
    with pytest.raises(ValueError, match="must end after it starts"):
        Period(date(2026, 6, 1), end)


def test_2026_has_53_weeks_and_3_january_2027_is_in_the_last_of_them():
    assert weeks_in_year(2026) == 53
    assert weeks_in_year(2027) == 52
    assert week_of(date(2027, 1, 3)) == iso_week(2026, 53)
    assert week_of(date(2027, 1, 4)) == iso_week(2027, 1)


def test_a_month_a_quarter_and_a_year_are_calendar_ones():
    day = date(2026, 11, 19)
    assert month_of(day) == Period(date(2026, 11, 1), date(2026, 12, 1))
    assert quarter_of(day) == Period(date(2026, 10, 1), date(2027, 1, 1))
    assert year_of(day) == Period(date(2026, 1, 1), date(2027, 1, 1))


def test_on_the_first_of_a_month_the_trailing_month_is_the_calendar_month_before():
    assert trailing("month", date(2026, 7, 1)) == month_of(date(2026, 6, 15))
    assert trailing("quarter", date(2026, 7, 1)) == quarter_of(date(2026, 4, 1))


def test_a_month_back_from_the_31st_is_the_last_day_of_a_shorter_month():
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert add_months(date(2028, 3, 31), -1) == date(2028, 2, 29)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_the_closed_months_end_with_the_last_one_that_is_over():
    months = closed_months(date(2026, 11, 19), 6)
    assert [month.start.month for month in months] == [5, 6, 7, 8, 9, 10]
    assert closed_months(date(2026, 11, 1), 6) == months


def test_the_full_weeks_before_a_day_leave_out_the_running_week():
    weeks = full_weeks_before(date(2026, 11, 19), 2)
    assert weeks == [iso_week(2026, 45), iso_week(2026, 46)]


def test_the_weeks_of_a_period_are_those_whose_sunday_lies_inside():
    november = month_of(date(2026, 11, 1))
    assert list(november.weeks()) == [iso_week(2026, week) for week in (44, 45, 46, 47, 48)]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("month", Period(date(2026, 10, 19), date(2026, 11, 19))),
        ("quarter", Period(date(2026, 8, 19), date(2026, 11, 19))),
        ("year", Period(date(2025, 11, 19), date(2026, 11, 19))),
        ("2026-01-01..2026-02-01", Period(date(2026, 1, 1), date(2026, 2, 1))),
    ],
)
def test_a_period_is_read_from_its_name_or_its_ends(text, period):
    assert parse_period(text, as_of=date(2026, 11, 19)) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "week",
        "2026-01-01",
        "2026-02-01..2026-01-01",
        "2026-02-30..2026-03-01",
        "0001-01-01..2026-01-01",
        "2026-01-01..9999-12-31",
    ],
)
def test_what_is_no_period_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError):
        parse_period(text, as_of=date(2026, 11, 19))


@pytest.mark.parametrize("text", ["", "yesterday", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="Write"):
        parse_day(text)


def test_a_day_is_read_as_it_is_written():
    assert parse_day("2026-06-30") == date(2026, 6, 30)


def test_months_are_counted_on_the_calendar_where_the_ends_meet():
    assert Period(date(2026, 1, 1), date(2026, 4, 1)).months == 3
    assert Period(date(2026, 2, 28), date(2026, 3, 31)).months == 1
    assert Period(date(2026, 1, 1), date(2026, 1, 16)).months == pytest.approx(15 / 30.4375)


def test_a_period_beyond_today_is_cut_at_today():
    november = month_of(date(2026, 11, 1))
    assert november.closed_by(date(2026, 11, 19)) == Period(date(2026, 11, 1), date(2026, 11, 19))
    assert november.closed_by(date(2026, 12, 1)) == november


def test_the_period_before_is_a_month_for_a_month_and_days_for_days():
    assert month_of(date(2026, 3, 1)).before == month_of(date(2026, 2, 1))
    assert Period(date(2026, 3, 11), date(2026, 3, 21)).before == Period(
        date(2026, 3, 1), date(2026, 3, 11)
    )


def test_a_moment_without_a_time_zone_has_no_local_day():
    with pytest.raises(ValueError, match="time zone"):
        local_day(FIRST, ZoneInfo("UTC"))


@pytest.mark.parametrize("name", ZONES)
@settings(max_examples=400, deadline=None)
@given(moment=MOMENTS)
def test_each_instant_lies_in_exactly_one_week(name, moment):
    zone = ZoneInfo(name)
    week = week_of(local_day(moment, zone))
    week_before = Period(week.start - timedelta(7), week.start)
    week_after = Period(week.end, week.end + timedelta(7))
    around = [week_before, week, week_after]
    holding = []
    for candidate in around:
        opens, closes = (instant.astimezone(UTC) for instant in candidate.instants(zone))
        if opens <= moment < closes:
            holding.append(candidate)
    assert holding == [week]


@pytest.mark.parametrize("name", ZONES)
@settings(max_examples=200, deadline=None)
@given(day=DAYS)
def test_a_week_is_seven_local_days_of_167_to_169_hours(name, day):
    opens, closes = (i.astimezone(UTC) for i in week_of(day).instants(ZoneInfo(name)))
    assert timedelta(hours=167) <= closes - opens <= timedelta(hours=169)


@pytest.mark.parametrize("name", ZONES)
def test_a_local_day_starts_where_the_day_before_ends_every_day_of_five_years(name):
    zone = ZoneInfo(name)
    day = date(2023, 1, 1)
    while day < date(2028, 1, 1):
        opens = start_of_day(day, zone).astimezone(UTC)
        assert local_day(opens, zone) == day
        assert local_day(opens - timedelta(microseconds=1), zone) == day - timedelta(days=1)
        day += timedelta(days=1)


@settings(deadline=None)
@given(day=DAYS, months=st.integers(-60, 60))
def test_months_forward_and_back_never_leave_the_month_meant(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day
