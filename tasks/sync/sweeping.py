"""Whatever changed anywhere in the workspace, by Asana's search: it also finds lost events.

Only paid plans have search, and its index lags behind: a task is taken from it only when it is
newer than what we have, and every sweep begins well before the last one.
"""

from datetime import datetime, timedelta

from django.db import transaction

from tasks.asana import payload
from tasks.asana.client import AsanaClient
from tasks.asana.errors import ForbiddenError
from tasks.asana.payload import TaskRecord, spelled
from tasks.models import AsanaConnection, Project, Task
from tasks.sync import families
from tasks.sync.directory import Directory
from tasks.sync.reckoning import reckon_soon
from tasks.sync.run import Means
from tasks.sync.store import TaskStore
from tasks.sync.upsert import chunks

OVERLAP = timedelta(minutes=25)
ASK_AGAIN_AFTER = timedelta(days=1)
# The clocks of Asana and of this machine may differ.
SKEW = timedelta(hours=1)
# After a long stop the listings bring what changed meanwhile.
LONGEST_LOOK_BACK = timedelta(hours=6)


def sweep(connection: AsanaConnection, client: AsanaClient, means: Means) -> int | None:
    """Store what is news; answers how many tasks were written, or None without search."""
    now = means.now()
    last = connection.searched_at
    if connection.may_search is False and last and now - last < ASK_AGAIN_AFTER:
        return None
    since = max(last or now, now - LONGEST_LOOK_BACK) - OVERLAP
    found: dict[str, tuple[TaskRecord, datetime]] = {}
    searched_at = None
    try:
        answers = client.search_changed(connection.workspace_gid, since, now + SKEW)
        for answer in answers:
            searched_at = searched_at or answer.asana_time
            records = payload.tasks(answer.data, means.zone)
            found.update((record.gid, (record, answer.sent_at)) for record in records)
    except ForbiddenError:
        _note(connection, False, now)
        return None
    written = _store(connection, found)
    _note(connection, True, searched_at or now)
    if written:
        reckon_soon(connection, client, means)
    return written


def _note(connection: AsanaConnection, may_search: bool, searched_at: datetime) -> None:
    AsanaConnection.objects.filter(pk=connection.pk).update(
        may_search=may_search, searched_at=searched_at
    )


@transaction.atomic
def _store(connection: AsanaConnection, found: dict[str, tuple[TaskRecord, datetime]]) -> int:
    news = _news(connection, found)
    if not news:
        return 0
    store = TaskStore(connection, Directory(connection))
    stored = store.store(([record], sent_at) for record, sent_at in news)
    families.hang([record for record, _ in news], stored.ids)
    return stored.written


def _news(
    connection: AsanaConnection, found: dict[str, tuple[TaskRecord, datetime]]
) -> list[tuple[TaskRecord, datetime]]:
    """What we lack or have an older state of, in projects that are read or under known tasks."""
    parents = {record.parent for record, _ in found.values() if record.parent}
    known: dict[str, str] = {}
    for part in chunks(found.keys() | parents):
        rows = Task.objects.in_asana().filter(gid__in=part).values_list("gid", "modified_at")
        known.update((gid, spelled(moment) if moment else "") for gid, moment in rows)
    read = set(
        Project.objects.to_read().filter(connection=connection).values_list("gid", flat=True)
    )
    ours = known.keys() | {
        record.gid for record, _ in found.values() if any(h.project in read for h in record.homes)
    }
    for _ in range(families.LEVELS):  # a new subtask of a new task is ours as well
        ours |= {record.gid for record, _ in found.values() if record.parent in ours}
    return [
        (record, sent_at)
        for record, sent_at in found.values()
        if record.gid in ours and (record.modified_at or "") > known.get(record.gid, "")
    ]
