"""Business days and office hours of a country, in a time zone: when a reply is due."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings

OPENS = time(9)
CLOSES = time(17)


@dataclass(frozen=True)
class BusinessCalendar:
    """Office hours on every weekday that is no public holiday of `country`."""

    country: str
    time_zone: str
    opens: time = OPENS
    closes: time = CLOSES

    @classmethod
    def of(cls, country: str, time_zone: str) -> Self:
        """The calendar of a place; what is not told is the agency's own."""
        return cls(country or settings.AGENCY_COUNTRY, time_zone or settings.TIME_ZONE)

    def is_business_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in _public_holidays(self.country)

    def next_business_day(self, day: date) -> date:
        following = day + timedelta(days=1)
        while not self.is_business_day(following):
            following += timedelta(days=1)
        return following

    def starts_counting(self, moment: datetime) -> datetime:
        """The moment itself within office hours, otherwise the next opening; in local time."""
        local = moment.astimezone(ZoneInfo(self.time_zone))
        if self.is_business_day(local.date()):
            if local.time() < self.opens:
                return self._at(local.date(), self.opens)
            if local.time() < self.closes:
                return local
        return self._at(self.next_business_day(local.date()), self.opens)

    def due(self, asked_at: datetime, business_days: int = 1) -> datetime:
        """Some business days after a question, at the same local clock: Friday 16:00, Monday 16:00.

        Asked outside office hours, the clock starts at the next opening.
        """
        start = self.starts_counting(asked_at)
        day = start.date()
        for _ in range(business_days):
            day = self.next_business_day(day)
        return self._at(day, start.time())

    def business_days_between(self, start: date, end: date) -> int:
        """Business days in [start, end)."""
        days = (start + timedelta(days=n) for n in range((end - start).days))
        return sum(self.is_business_day(day) for day in days)

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=ZoneInfo(self.time_zone))


@lru_cache(maxsize=64)
def _public_holidays(country: str) -> Container[date]:
    import holidays  # slow to import, and only reply clocks need it

    try:
        calendar: Container[date] = holidays.country_holidays(country)
    except NotImplementedError:
        return frozenset()
    return calendar
