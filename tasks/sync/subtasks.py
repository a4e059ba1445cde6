"""The third phase: subtasks. Asana lists them under their parent only, so each parent is asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.db.models import Exists, OuterRef, Q

from tasks.asana.client import AsanaClient
from tasks.asana.errors import NotFoundError
from tasks.models import Membership, Project, SyncRun, Task
from tasks.sync import families
from tasks.sync.listing import TaskPage
from tasks.sync.plan import FINISHED_LATELY
from tasks.sync.problems import Problem, raise_if_fatal
from tasks.sync.readers import Brought
from tasks.sync.store import TaskStore, mark_missing
from tasks.sync.upsert import update_rows

# Asana nests five deep; the bound also ends a ring of parents.
LEVELS = 5
# A change to a subtask leaves no mark on its parent: ask again this often.
READ_AGAIN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Parent:
    pk: int
    gid: str
    name: str


def due_parents(run: SyncRun, started_at: datetime, tried: set[int]) -> list[Parent]:
    """Tasks whose subtasks are unknown, changed or old, and not yet asked for by this worker."""
    old = Q(subtasks_read_at__lt=started_at if run.full else started_at - READ_AGAIN_AFTER)
    if not run.full:
        old &= Q(completed_at=None) | Q(completed_at__gte=started_at - FINISHED_LATELY)
    read = Project.objects.to_read().filter(archived=False)
    here = Exists(Membership.objects.filter(task=OuterRef("pk"), project__in=read))
    # It left all projects, and what hangs under it still stands where it stood.
    left = Q(subtasks_read_at=None) & Exists(
        Membership.objects.filter(task__parent=OuterRef("pk"), inherited=True)
    )
    rows = (
        Task.objects.in_asana()
        .filter(old | Q(subtasks_read_at=None), connection=run.connection)
        .filter(
            Q(subtask_count__gt=0) | Exists(Task.objects.in_asana().filter(parent=OuterRef("pk")))
        )
        .filter(Q(here) | left)
        .order_by("pk")
        .values_list("pk", "gid", "name")
    )
    return [Parent(*row) for row in rows if row[0] not in tried]


def pages_of(client: AsanaClient, parent: Parent, zone: tzinfo) -> Iterator[TaskPage]:
    for answer in client.subtasks(parent.gid):
        yield TaskPage.of(answer, zone)


class Subtasks:
    """The writer's side: stores the pages of each parent and compares with what it had."""

    def __init__(self, store: TaskStore, started_at: datetime) -> None:
        self._store = store
        self._started_at = started_at
        self._found: dict[Parent, set[int]] = defaultdict(set)
        self._began: dict[Parent, datetime] = {}
        self.seen = self.written = self.done = 0
        self.problems: list[Problem] = []

    def take(self, batch: Iterable[Brought[Parent, TaskPage]]) -> None:
        read: list[tuple[Parent, TaskPage]] = []
        failed: list[tuple[Parent, Exception]] = []
        for brought in batch:
            if brought.error is not None:
                failed.append((brought.job, brought.error))
            elif brought.page is not None:
                read.append((brought.job, brought.page))
        stored = self._store.store((page.records, page.sent_at) for _, page in read)
        self.written += stored.written
        finished = []
        for parent, page in read:
            self.seen += len(page.records)
            if page.restarted:
                self._found[parent].clear()
            self._began.setdefault(parent, page.sent_at)
            found = (stored.ids.get(record.gid) for record in page.records)
            self._found[parent].update(pk for pk in found if pk)
            if page.next_offset is None:
                finished.append(parent)
        self._finish(finished)
        for parent, error in failed:
            self._failed(parent, error)

    def _finish(self, parents: list[Parent]) -> None:
        children = {parent.pk: self._found.pop(parent) - {parent.pk} for parent in parents}
        began = {parent.pk: self._began.pop(parent) for parent in parents}
        if not parents:
            return
        families.gather(children)
        had = Task.objects.in_asana().filter(parent__in=children)
        mark_missing(
            (
                pk
                for pk, parent, observed_at in had.values_list("pk", "parent_id", "observed_at")
                if parent and pk not in children[parent] and observed_at < began[parent]
            ),
            self._started_at,
        )
        rows = [Task(pk=pk, subtasks_read_at=moment) for pk, moment in began.items()]
        update_rows(Task, rows, ["subtasks_read_at"])
        self.done += len(parents)

    def _failed(self, parent: Parent, error: Exception) -> None:
        raise_if_fatal(error)
        self._found.pop(parent, None)
        self._began.pop(parent, None)
        self.done += 1
        if isinstance(error, NotFoundError):
            mark_missing([parent.pk], self._started_at)
        else:
            self.problems.append(
                {"project": f"Subtasks of “{parent.name[:80]}”", "reason": str(error)}
            )
