"""Moments that stay on their day, whatever the clocks do at night or in spring."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

NOON = time(12, tzinfo=UTC)  # the same day in every zone near us, in summer and in winter


def days_ago(days: int) -> datetime:
    """Noon of that day, or now if that is still to come."""
    day = timezone.localdate() - timedelta(days=days)
    return min(datetime.combine(day, NOON), timezone.now())
