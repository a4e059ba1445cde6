"""Stretches of days, in the agency's own time zone. Pure: no clock, no settings.

A week is an ISO week: Monday 00:00 to the next Monday 00:00, local time.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal, Self

TrailingName = Literal["month", "quarter", "year"]
TRAILING_MONTHS: dict[TrailingName, int] = {"month": 1, "quarter": 3, "year": 12}
DAYS_IN_AN_AVERAGE_MONTH = 365.25 / 12
FIRST_YEAR, LAST_YEAR = 1900, 2199  # beyond, a typing error; and far beyond, no calendar
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to, and without, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"A period must end after it starts, not {self.start}..{self.end}.")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __str__(self) -> str:
        return f"{self.start}..{self.end}"

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def months(self) -> float:
        """Whole months where the ends meet on the calendar, else days over an average month."""
        whole = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        if whole > 0 and add_months(self.end, -whole) == self.start:
            return float(whole)
        return self.days / DAYS_IN_AN_AVERAGE_MONTH

    def instants(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """The moments at which the period opens and closes in a time zone."""
        return start_of_day(self.start, zone), start_of_day(self.end, zone)

    def weeks(self) -> "Iterator[Period]":
        """The ISO weeks whose Sunday lies inside the period, oldest first."""
        week = week_of(self.start)
        while week.end <= self.end:
            yield week
            week = Period(week.end, week.end + WEEK)

    def closed_by(self, day: date) -> Self:
        """The same period, cut at `day` when it runs beyond it."""
        return self if self.end <= day else type(self)(self.start, day)

    @property
    def before(self) -> Self:
        """The stretch just before, of the same length: in months if it is whole months."""
        if self.months.is_integer():
            return type(self)(add_months(self.start, -int(self.months)), self.start)
        return type(self)(self.start - (self.end - self.start), self.start)


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """The first moment of a local day; where clocks skip midnight, the moment they skip to."""
    return datetime.combine(day, time.min, tzinfo=zone)


def local_day(moment: datetime, zone: tzinfo) -> date:
    """The date on the wall calendar of that time zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone has no local day.")
    return moment.astimezone(zone).date()


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day: 31 March less one is 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> Period:
    monday = monday_of(day)
    return Period(monday, monday + WEEK)


def iso_week(year: int, week: int) -> Period:
    """ISO week `week` of `year`; 2026 has 53, and 3 January 2027 belongs to the last of them."""
    monday = date.fromisocalendar(year, week, 1)
    return Period(monday, monday + WEEK)


def weeks_in_year(year: int) -> int:
    """52 or 53: the week that holds 28 December is always the year's last."""
    return date(year, 12, 28).isocalendar().week


def month_of(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, add_months(first, 1))


def quarter_of(day: date) -> Period:
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return Period(first, add_months(first, 3))


def year_of(day: date) -> Period:
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))


def trailing(name: TrailingName, as_of: date) -> Period:
    """The month, quarter or year that ends at `as_of`; on the first of a month, the one before."""
    return Period(add_months(as_of, -TRAILING_MONTHS[name]), as_of)


def closed_months(as_of: date, count: int) -> list[Period]:
    """The last `count` calendar months that are over by `as_of`, oldest first."""
    this_month = as_of.replace(day=1)
    return [month_of(add_months(this_month, -back)) for back in range(count, 0, -1)]


def full_weeks_before(day: date, count: int) -> list[Period]:
    """The last `count` weeks that are over by `day`, oldest first."""
    monday = monday_of(day)
    return [
        Period(monday - WEEK * back, monday - WEEK * (back - 1)) for back in range(count, 0, -1)
    ]


def parse_period(text: str, as_of: date) -> Period:
    """Read `month`, `quarter`, `year` (trailing, ending at `as_of`) or `START..END`.

    >>> str(parse_period("quarter", date(2026, 7, 1)))
    '2026-04-01..2026-07-01'
    """
    if text in TRAILING_MONTHS:
        return trailing(text, as_of)
    written = re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", text.strip())
    if written is None:
        raise ValueError(
            f"“{text}” is not a period. Write month, quarter, year or START..END, "
            "such as 2026-01-01..2026-04-01."
        )
    start, end = (parse_day(day) for day in written.groups())
    return Period(start, end)


def parse_day(text: str) -> date:
    """Read a day such as 2026-06-30. Raises ValueError with a sentence, also for 0001-01-01."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is not a day. Write one like 2026-06-30.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"Write a day from {FIRST_YEAR} to {LAST_YEAR}, not {text}.")
    return day
