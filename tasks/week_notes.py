"""The one line a manager leaves for the pod about a client's week."""

from datetime import date, datetime

from django.db import transaction

from clients.models import Client, Staff
from tasks.models import WeekNote
from tasks.versions import ChangedMeanwhileError, locked


@transaction.atomic
def write_note(
    *,
    client: Client,
    week_starts_on: date,
    text: str,
    staff: Staff | None,
    now: datetime,
    version: int | None = None,
) -> WeekNote:
    """Write or replace the note. Version 0 means that there was none when the page was shown."""
    found = WeekNote.objects.filter(client=client, week_starts_on=week_starts_on).first()
    if found is None:
        note = WeekNote(client=client, week_starts_on=week_starts_on, version=0)
    elif version == 0:
        raise ChangedMeanwhileError(found)
    else:
        note = locked(found, version)
    note.text, note.staff, note.saved_at = text.strip(), staff, now
    note.version += 1
    note.full_clean()
    note.save()
    return note
