"""The second phase: the tasks of every project, all of them or what changed since the last read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.db.models import Q

from tasks.asana import payload
from tasks.asana.client import Answer, AsanaClient
from tasks.asana.errors import AsanaError, AsanaUnavailable
from tasks.asana.payload import TaskRecord
from tasks.models import DeadLetter, EventStream, SyncPage, SyncUnit, Task
from tasks.sync import letters, streams
from tasks.sync.problems import raise_if_fatal
from tasks.sync.readers import Brought
from tasks.sync.store import TaskStore, mark_missing
from tasks.sync.upsert import update_rows

# Asana's tokens for the next page die after fifteen minutes.
OFFSET_LIVES = timedelta(minutes=14)
# Asana may tell of a change late, and its clocks may differ by ten minutes each way: ask again for
# what is known already.
OVERLAP = timedelta(minutes=25)


@dataclass(frozen=True, slots=True)
class TaskPage:
    records: list[TaskRecord]
    next_offset: str | None
    sent_at: datetime
    asana_time: datetime
    restarted: bool
    sync_token: str = ""

    @classmethod
    def of(
        cls, answer: Answer, zone: tzinfo, restarted: bool = False, sync_token: str = ""
    ) -> "TaskPage":
        return cls(
            payload.tasks(answer.data, zone),
            answer.next_offset,
            answer.sent_at,
            answer.asana_time,
            answer.restarted or restarted,
            sync_token,
        )


def pages_of(
    client: AsanaClient, unit: SyncUnit, zone: tzinfo, now: datetime
) -> Iterator[TaskPage]:
    """Ask for a project's tasks, from the checkpoint on if Asana still knows the place."""
    gid, since = unit.project.gid, unit.changes_since
    is_fresh = unit.offset_at is not None and now - unit.offset_at < OFFSET_LIVES
    offset = unit.offset if unit.offset and is_fresh else None
    # Before the first page, so that nothing can happen between the two unseen.
    token = _token(client, unit) if unit.complete and offset is None else ""
    if unit.complete or since is None:
        finished = unit.finished_since.isoformat() if unit.finished_since else None
        answers = client.tasks_of_project(gid, completed_since=finished, offset=offset)
    else:
        answers = client.changed_tasks(gid, (since - OVERLAP).isoformat(), offset=offset)
    starts_anew = bool(unit.offset) and offset is None
    for answer in answers:
        yield TaskPage.of(answer, zone, starts_anew, token)
        starts_anew, token = False, ""


def _token(client: AsanaClient, unit: SyncUnit) -> str:
    """From where to follow the project's events, unless somebody follows them already."""
    stream: EventStream | None = getattr(unit.project, "stream", None)
    if stream is not None and (stream.sync_token or stream.reason):
        return ""
    try:
        return client.events_token(unit.project.gid)
    except (AsanaError, AsanaUnavailable) as error:
        raise_if_fatal(error)
        return ""  # some tokens may read tasks but not events: the listings must do


class Listing:
    """The writer's side: stores pages, keeps the checkpoint, finds what is missing."""

    def __init__(self, store: TaskStore, started_at: datetime) -> None:
        self._store = store
        self._started_at = started_at
        self.seen = self.written = self.done = 0

    def take(self, batch: Iterable[Brought[SyncUnit, TaskPage]]) -> None:
        read: list[tuple[SyncUnit, TaskPage]] = []
        failed: list[tuple[SyncUnit, Exception]] = []
        for brought in batch:
            if brought.error is not None:
                failed.append((brought.job, brought.error))
            elif brought.page is not None:
                read.append((brought.job, brought.page))
        if read:
            pages = [page for _, page in read]
            stored = self._store.store((page.records, page.sent_at) for page in pages)
            self.seen += sum(len(page.records) for page in pages)
            self.written += stored.written
            self._keep_checkpoints(read)
        # After the pages, which may be of the same project and say that it goes on.
        for unit, error in failed:
            self._failed(unit, error)

    def _keep_checkpoints(self, read: list[tuple[SyncUnit, TaskPage]]) -> None:
        gids: dict[SyncUnit, list[list[str]]] = defaultdict(list)
        finished: list[SyncUnit] = []
        for unit, page in read:
            if page.restarted:
                SyncPage.objects.filter(unit=unit).delete()
                gids[unit].clear()
                unit.asana_time = None
            unit.asana_time = unit.asana_time or page.asana_time
            unit.offset, unit.offset_at = page.next_offset or "", page.sent_at
            gids[unit].append([record.gid for record in page.records])
            if page.next_offset is None:
                finished.append(unit)
        streams.begin((unit, page.sync_token, page.sent_at) for unit, page in read)
        self._finish(finished, gids)
        streams.note_listed([unit for unit in finished if unit.complete], self._started_at)
        unfinished = [unit for unit in gids if unit.state == SyncUnit.State.WAITING]
        SyncPage.objects.bulk_create(
            SyncPage(unit=unit, gids=page)
            for unit in unfinished
            if unit.complete
            for page in gids[unit]
        )
        columns = "state offset offset_at asana_time read_at listed_at changes_since"
        update_rows(SyncUnit, list(gids), columns.split())

    def _finish(self, units: list[SyncUnit], gids: dict[SyncUnit, list[list[str]]]) -> None:
        earlier: dict[int, list[list[str]]] = defaultdict(list)
        stored = SyncPage.objects.filter(unit__in=[unit for unit in units if unit.complete])
        for page in stored:
            earlier[page.unit_id].append(page.gids)
        if earlier:
            stored.delete()
        for unit in units:
            if unit.complete and unit.listed_at is not None:
                self._look_for_missing(unit, set().union(*earlier[unit.pk], *gids[unit]))
            if unit.complete:
                unit.listed_at = self._started_at
            unit.state, unit.offset, unit.offset_at = SyncUnit.State.DONE, "", None
            unit.read_at, unit.changes_since = self._started_at, unit.asana_time
        self.done += len(units)

    def _look_for_missing(self, unit: SyncUnit, listed: set[str]) -> None:
        """What stood in this project, and is not in its complete list."""
        expected = Task.objects.in_asana().filter(
            memberships__project=unit.project_id,
            memberships__inherited=False,
            observed_at__lt=self._started_at,
        )
        if unit.finished_since:
            lately = Q(completed_at=None) | Q(completed_at__gte=unit.finished_since)
            expected = expected.filter(lately)
        missing = [pk for pk, gid in expected.values_list("pk", "gid") if gid not in listed]
        mark_missing(missing, self._started_at)

    def _failed(self, unit: SyncUnit, error: Exception) -> None:
        """The project stays unread until the next run; the others go on."""
        raise_if_fatal(error)
        if isinstance(error, AsanaError | AsanaUnavailable):
            project, kind = unit.project, DeadLetter.Kind.PROJECT
            letters.write(project.connection, kind, project.gid, error, self._started_at, project)
        self.done += 1
        SyncUnit.objects.filter(pk=unit.pk).update(
            state=SyncUnit.State.FAILED, reason=str(error)[:500]
        )
