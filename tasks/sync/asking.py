"""How runs begin: by the clock, by a person, or because a worker died."""

from datetime import datetime

from django.db import IntegrityError, transaction

from tasks.models import AsanaConnection, SyncRun


def ask_for_run(connection: AsanaConnection, now: datetime, *, full: bool = False) -> SyncRun:
    """The run that reads this connection next: a new one, unless one is not finished yet."""
    unfinished = SyncRun.objects.unfinished().filter(connection=connection)
    try:
        with transaction.atomic():
            run = unfinished.first()
            return run or SyncRun.objects.create(connection=connection, asked_at=now, full=full)
    except IntegrityError:
        return unfinished.get()
