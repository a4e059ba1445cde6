from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tasks.weeks import closes_at, last_locked_week, locks_at, week_words

MONDAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def test_a_week_locks_on_monday_at_noon_on_the_agencys_clock(settings):
    assert locks_at(MONDAY) == NOON
    settings.TIME_ZONE = "Europe/Warsaw"
    assert locks_at(MONDAY) == NOON - timedelta(hours=1)


def test_the_hour_is_a_setting(settings):
    settings.WEEK_LOCKS_AT = time(9, 30)
    assert locks_at(MONDAY) == datetime(2026, 11, 16, 9, 30, tzinfo=UTC)


def test_summer_time_keeps_noon_at_noon(settings):
    settings.TIME_ZONE = "Europe/Warsaw"
    october = [locks_at(date(2026, 10, day)) for day in (19, 26)]
    assert [moment.astimezone(UTC).hour for moment in october] == [10, 11]
    assert all(m.astimezone(ZoneInfo("Europe/Warsaw")).hour == 12 for m in october)


def test_a_week_closes_when_the_next_one_locks():
    assert closes_at(MONDAY) == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_last_locked_week_changes_at_noon():
    assert last_locked_week(NOON - timedelta(seconds=1)) == date(2026, 11, 9)
    assert last_locked_week(NOON) == MONDAY
    assert last_locked_week(NOON + timedelta(days=6)) == MONDAY


def test_a_week_is_named_by_its_number_and_its_days():
    assert week_words(MONDAY) == "Week 47 (16 Nov to 22 Nov)"
    assert week_words(date(2026, 12, 28)) == "Week 53 (28 Dec to 3 Jan)"
