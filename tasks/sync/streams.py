"""Where we stand in the events of each project, and what becomes of it when reading them fails."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from tasks.models import EventStream, Project, SyncUnit
from tasks.sync.upsert import chunks

# Lost events are documented, and tokens die within a day: look at least once an hour.
PATIENCE = timedelta(minutes=55)
FAILURES_BEFORE_REST = 5
REST = timedelta(minutes=15)
# What the token's user may not read today is not asked for again before tomorrow.
REST_OF_FORBIDDEN = timedelta(days=1)


def begin(first_pages: Iterable[tuple[SyncUnit, str, datetime]]) -> None:
    """Keep the tokens that were taken before the listings whose pages these are."""
    rows = [
        EventStream(project_id=unit.project_id, sync_token=token, token_at=taken_at)
        for unit, token, taken_at in first_pages
        if token
    ]
    if rows:
        EventStream.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["project"],
            update_fields=["sync_token", "token_at"],
        )


def note_listed(units: list[SyncUnit], began: datetime) -> None:
    """A complete list is as good as a drain: all that had happened by then is known."""
    for part in chunks(unit.project_id for unit in units):
        EventStream.objects.filter(project__in=part).update(drained_at=began)


def due(now: datetime) -> QuerySet[Project]:
    """Projects whose events are to be read: nudged, not looked at for an hour, or never yet."""
    streams = EventStream.objects.due_at(now, PATIENCE)
    return Project.objects.to_read().filter(
        Q(stream__in=streams) | Q(stream=None),
        archived=False,
        connection__status="working",
        unit__listed_at__isnull=False,
    )


def note_failure(stream: EventStream, reason: str, now: datetime, *, for_good: bool) -> None:
    """Count it; after five in a row, or a refusal, the project is left alone for a while."""
    failures = stream.failures + 1
    rest = None
    if for_good:
        rest = now + REST_OF_FORBIDDEN
    elif failures >= FAILURES_BEFORE_REST:
        rest = now + REST
    EventStream.objects.filter(pk=stream.pk).update(
        failures=min(failures, 30_000), reason=reason[:500], rests_until=rest
    )
    stream.failures, stream.rests_until = failures, rest
