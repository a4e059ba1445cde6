"""What an address asks for: the day, the scope, the period. Nonsense falls back to the default."""

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils import timezone


def day_asked(request: HttpRequest) -> date:
    """`?as_of=2026-06-30`: any past day; otherwise today."""
    today = timezone.localdate()
    try:
        asked = date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return today
    return min(asked, today)


def moment_asked(request: HttpRequest) -> datetime:
    """Now, or the end of the past day that is asked for."""
    day = day_asked(request)
    if day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(
        seconds=1
    )
