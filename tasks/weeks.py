"""When a week's goals are locked, and when its results are: on the agency's clock."""

import re
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from godview.periods import WEEK, monday_of
from godview.writing import DAY, writing


def locks_at(week_starts_on: date) -> datetime:
    """The commit moment: Monday noon, unless the settings say otherwise."""
    zone = timezone.get_default_timezone()
    return datetime.combine(week_starts_on, settings.WEEK_LOCKS_AT, tzinfo=zone)


def closes_at(week_starts_on: date) -> datetime:
    """Until the next week is locked, a mark of this one may still be put right."""
    return locks_at(week_starts_on + WEEK)


def last_locked_week(now: datetime) -> date:
    """The Monday of the last week whose commit moment has passed."""
    monday = monday_of(timezone.localdate(now, timezone.get_default_timezone()))
    return monday if locks_at(monday) <= now else monday - WEEK


def week_words(week_starts_on: date) -> str:
    """Week 47 (16 Nov to 22 Nov)."""
    return _("Week %(number)s (%(monday)s to %(sunday)s)") % {
        "number": week_starts_on.isocalendar().week,
        "monday": writing().day(week_starts_on, DAY),
        "sunday": writing().day(week_starts_on + timedelta(days=6), DAY),
    }


def week_name(week_starts_on: date) -> str:
    """2026-W47, as addresses write it."""
    year, number, _day = week_starts_on.isocalendar()
    return f"{year}-W{number:02}"


def monday_named(name: str) -> date:
    """The Monday of 2026-W47. Raises ValueError for what is no week of this century."""
    written = re.fullmatch(r"(20\d\d)-W(\d\d)", name)
    if written is None:
        raise ValueError(f"“{name}” is not a week. Write it like 2026-W47.")
    return date.fromisocalendar(int(written[1]), int(written[2]), 1)
