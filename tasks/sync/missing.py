"""The last phase: why a task was not where it should be. Absence alone never deletes anything.

Asana is asked for each one. It answers: then the task moved, and is stored as it is now. It does
not know it: then its project is asked for too, because a project that is gone says nothing about
its tasks. Only when the project is there and the task is not, the task becomes a tombstone. One
that is there but closed to us stays as it was last seen, and the run says so.
"""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.db.models import Exists, OuterRef

from tasks.asana import payload
from tasks.asana.client import Answer, AsanaClient
from tasks.asana.errors import ForbiddenError, NotFoundError
from tasks.models import AsanaConnection, Membership, SyncRun, SyncUnit, Task
from tasks.sync.problems import Problem, raise_if_fatal
from tasks.sync.readers import Brought
from tasks.sync.store import TaskStore, mark_missing

# More than this at once is more likely our error, or Asana's, than a person's work.
MOST_MISSING = 50
LARGEST_SHARE = 0.3
# In a project of three tasks one is already a third.
FEW = 5
# So many in one run: the others come in the next ones.
MOST_STRAYS = 200
STRAYS_EVERY = timedelta(days=1)
CLOSED = "It is private now: it stays as it was last seen. Share it with the token's user"


@dataclass(frozen=True, slots=True)
class Missing:
    pk: int
    gid: str
    project: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The task as it is, or that it is gone, and whether its project is still there."""

    answer: Answer | None
    project_is_there: bool = True
    closed: bool = False  # it exists, but the token's user may not see it any more


def look_for_strays(run: SyncRun, now: datetime) -> None:
    """Tasks in no project at all: no list shows them, so each is asked for once a day."""
    strays = Task.objects.in_asana().filter(
        ~Exists(Membership.objects.filter(task=OuterRef("pk"))),
        connection=run.connection_id,
        observed_at__lt=now if run.full else now - STRAYS_EVERY,
        missing_since=None,
    )
    mark_missing(strays.values_list("pk", flat=True)[:MOST_STRAYS], now)


def missing_tasks(
    connection: AsanaConnection,
    *,
    tried: Collection[int] = (),
    among: Collection[int] | None = None,
    run: SyncRun | None = None,
) -> list[Missing]:
    """What is to be asked for. Projects that miss too much at once are left out.

    A run freezes such a project, for a person to look at; others leave it to the next run.
    """
    rows = Task.objects.missing().filter(connection=connection).values_list("pk", "gid")
    found = {pk: gid for pk, gid in rows if pk not in tried and (among is None or pk in among)}
    places: dict[int, list[tuple[int, str]]] = defaultdict(list)
    own = Membership.objects.filter(task__in=Task.objects.missing(), inherited=False)
    for task, project, gid in own.values_list("task_id", "project_id", "project__gid"):
        if task in found:
            places[task].append((project, gid))
    doubted = _doubted(places, run)
    return [
        Missing(pk, gid, places[pk][0][1] if places[pk] else None)
        for pk, gid in found.items()
        if not any(project in doubted for project, _ in places[pk])
    ]


def _doubted(places: dict[int, list[tuple[int, str]]], run: SyncRun | None) -> set[int]:
    counts: dict[int, int] = defaultdict(int)
    for homes in places.values():
        for project, _ in homes:
            counts[project] += 1
    doubted = set()
    for unit in SyncUnit.objects.filter(project__in=counts):
        missing = counts[unit.project_id]
        there = Membership.objects.filter(
            project=unit.project_id, inherited=False, task__deleted_at=None
        ).count()
        is_mass = missing > MOST_MISSING or (missing >= FEW and missing > LARGEST_SHARE * there)
        if is_mass and not unit.deletions_accepted:
            doubted.add(unit.project_id)
            if run is not None:
                _freeze(unit, run, f"{missing} of {there} tasks are missing at once.")
    return doubted


def _freeze(unit: SyncUnit, run: SyncRun, what: str) -> None:
    SyncUnit.objects.filter(pk=unit.pk).update(
        run=run,
        state=SyncUnit.State.FROZEN,
        reason=f"{what} Nothing was marked as deleted: look into the project in Asana, then "
        "accept or wait.",
    )


class Inquiry:
    """The readers' side: asks for a task and, when it is gone, once for its project."""

    def __init__(self, client: AsanaClient) -> None:
        self._client = client
        self._projects: dict[str, bool] = {}
        self._lock = threading.Lock()

    def ask(self, task: Missing) -> Iterator[Verdict]:
        try:
            yield Verdict(self._client.task(task.gid))
        except NotFoundError:
            yield Verdict(None, task.project is None or self._is_there(task.project))
        except ForbiddenError:
            yield Verdict(None, closed=True)

    def _is_there(self, gid: str) -> bool:
        with self._lock:
            if gid not in self._projects:
                try:
                    self._client.project(gid)
                    self._projects[gid] = True
                except (NotFoundError, ForbiddenError):
                    self._projects[gid] = False
            return self._projects[gid]


class Judge:
    """The writer's side: stores what was found, buries what was not."""

    def __init__(self, store: TaskStore, zone: tzinfo, now: datetime) -> None:
        self._store = store
        self._zone = zone
        self._now = now
        self.seen = self.written = self.done = 0
        self.problems: list[Problem] = []

    def take(self, batch: Iterable[Brought[Missing, Verdict]]) -> None:
        for brought in batch:
            self._judge(brought)

    def _judge(self, brought: Brought[Missing, Verdict]) -> None:
        task, verdict = brought.job, brought.page
        self.done += 1
        if brought.error is not None:
            raise_if_fatal(brought.error)
            self.problems.append({"project": f"Task {task.gid}", "reason": str(brought.error)})
        elif verdict is not None and verdict.answer is not None:
            record = payload.task(verdict.answer.data, self._zone)
            self.seen += 1
            self.written += self._store.store([([record], verdict.answer.sent_at)]).written
        elif verdict is not None and verdict.closed:
            self._leave(task)
            Task.objects.filter(pk=task.pk).update(observed_at=self._now)
            self.problems.append({"project": f"Task {task.gid}", "reason": CLOSED})
        elif verdict is not None and verdict.project_is_there:
            self._bury(task)
        else:
            self._leave(task)

    def _leave(self, task: Missing) -> None:
        """As it was: nobody can say that it is gone."""
        Task.objects.filter(pk=task.pk).update(missing_since=None)

    def _bury(self, task: Missing) -> None:
        """Mark it deleted. Its subtasks went with it, or moved: they are asked for next."""
        self.written += Task.objects.filter(pk=task.pk, deleted_at=None).update(
            deleted_at=self._now, missing_since=None
        )
        below = Task.objects.in_asana().filter(parent=task.pk)
        mark_missing(below.values_list("pk", flat=True), self._now)
