"""The third phase: subtasks. Asana lists them under their parent only, so each parent is asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.db.models import Exists, OuterRef, Q

from tasks.asana.client import AsanaClient
from tasks.asana.errors import NotFoundError
from tasks.models import Membership, Project, SyncRun, Task
from tasks.sync.listing import TaskPage
from tasks.sync.plan import FINISHED_LATELY
from tasks.sync.problems import Problem, raise_if_fatal
from tasks.sync.readers import Brought
from tasks.sync.store import TaskStore, mark_missing
from tasks.sync.upsert import chunks

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
    rows = (
        Task.objects.in_asana()
        .filter(old | Q(subtasks_read_at=None), connection=run.connection)
        .filter(
            Q(subtask_count__gt=0) | Exists(Task.objects.in_asana().filter(parent=OuterRef("pk")))
        )
        .filter(Exists(Membership.objects.filter(task=OuterRef("pk"), project__in=read)))
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
        self._found: dict[int, set[int]] = defaultdict(set)
        self._began: dict[int, datetime] = {}
        self.seen = self.written = self.done = 0
        self.problems: list[Problem] = []

    def take(self, batch: Iterable[Brought[Parent, TaskPage]]) -> None:
        for brought in batch:
            if brought.error is not None:
                self._failed(brought.job, brought.error)
            elif brought.page is not None:
                self._page(brought.job, brought.page)

    def _page(self, parent: Parent, page: TaskPage) -> None:
        if page.restarted:
            self._found.pop(parent.pk, None)
        stored = self._store.store([(page.records, page.sent_at)])
        self.seen += len(page.records)
        self.written += stored.written
        self._found[parent.pk].update(stored.ids.values())
        began = self._began.setdefault(parent.pk, page.sent_at)
        if page.next_offset is None:
            self._finished(parent, self._found.pop(parent.pk) - {parent.pk}, began)

    def _finished(self, parent: Parent, found: set[int], began: datetime) -> None:
        hang_under(parent.pk, found)
        had = Task.objects.in_asana().filter(parent=parent.pk, observed_at__lt=began)
        mark_missing(set(had.values_list("pk", flat=True)) - found, began)
        Task.objects.filter(pk=parent.pk).update(subtasks_read_at=began)
        del self._began[parent.pk]
        self.done += 1

    def _failed(self, parent: Parent, error: Exception) -> None:
        raise_if_fatal(error)
        self.done += 1
        if isinstance(error, NotFoundError):
            mark_missing([parent.pk], self._started_at)
        else:
            self.problems.append(
                {"project": f"Subtasks of “{parent.name[:80]}”", "reason": str(error)}
            )


def hang_under(parent: int, children: set[int]) -> None:
    """Make the children the parent's, and let them stand wherever it stands."""
    if not children:
        return
    for part in chunks(children):
        Task.objects.filter(pk__in=part).exclude(parent=parent).update(parent=parent)
    projects = set(Membership.objects.filter(task=parent).values_list("project_id", flat=True))
    own: dict[int, set[int]] = defaultdict(set)
    inherited: dict[int, dict[int, int]] = defaultdict(dict)
    for part in chunks(children):
        for place in Membership.objects.filter(task__in=part):
            if place.inherited:
                inherited[place.task_id][place.project_id] = place.pk
            else:
                own[place.task_id].add(place.project_id)
    new, old, moved = [], [], set()
    for child in children:
        wanted = projects - own[child]
        new += [(child, project) for project in wanted - inherited[child].keys()]
        old += [pk for project, pk in inherited[child].items() if project not in wanted]
        if wanted != inherited[child].keys():
            moved.add(child)
    Membership.objects.bulk_create(
        [Membership(task_id=t, project_id=p, inherited=True) for t, p in new],
        batch_size=500,
        ignore_conflicts=True,
    )
    for part in chunks(old):
        Membership.objects.filter(pk__in=part).delete()
    for part in chunks(moved):
        # What hangs under them must follow.
        Task.objects.filter(pk__in=part).update(subtasks_read_at=None)
