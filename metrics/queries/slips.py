"""Deadlines that moved, and those that passed: by client, one query each."""

from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from godview.periods import DAY, start_of_day
from metrics.attention import MOVED_DAYS
from tasks.models import Promise, PromiseEvent, Standing


def moved(day: date) -> dict[int, int]:
    """Promises whose deadline was got round in the four weeks up to a day, each once."""
    zone = timezone.get_default_timezone()
    first, end = day + DAY - timedelta(days=MOVED_DAYS), day + DAY
    rows = (
        PromiseEvent.objects.unagreed()
        .filter(happened_at__gte=start_of_day(first, zone), happened_at__lt=start_of_day(end, zone))
        .filter(promise__standing__isnull=False, promise__standing__continues=None)
        .order_by()
        .values_list("promise__client")
    )
    return dict(rows.annotate(Count("promise", distinct=True)))


def late(day: date) -> dict[int, list[date]]:
    """The days agreed for tasks that were open on a day though they had passed, oldest first."""
    end = start_of_day(day + DAY, timezone.get_default_timezone())
    state = Standing.State
    was_open = Q(standing__state=state.OPEN) | Q(
        standing__state=state.DONE, standing__completed_on__gt=day
    )
    rows = (
        Promise.objects.of_tasks()
        .counted()
        .filter(was_open, standing__agreed_on__lt=day, committed_at__lt=end)
        .order_by("standing__agreed_on")
    )
    found: dict[int, list[date]] = {}
    for client, agreed_on in rows.values_list("client", "standing__agreed_on"):
        found.setdefault(client, []).append(agreed_on)
    return found
