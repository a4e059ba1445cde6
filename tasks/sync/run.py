"""One stretch of work on a run: from where it stands to the end, or until the worker must stop.

Phases follow each other: people and projects, tasks, subtasks, missing tasks; at the end the ledger
looks at what changed. Each commits as it goes, so a worker that dies loses at most the page in its
hands; the next one reads on.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from typing import Protocol, TypeVar
from uuid import UUID, uuid4

import structlog
from django.db import OperationalError, transaction

from tasks.asana.budget import Lane
from tasks.asana.client import AsanaClient
from tasks.asana.errors import AsanaError, AsanaUnavailable, Postponed, UnauthorizedError
from tasks.ledger import reckoning
from tasks.models import AsanaConnection, SyncRun, SyncUnit
from tasks.sync import letters, listing, matching, missing, people, subtasks
from tasks.sync.collisions import BEGIN_AGAIN_IN, is_collision
from tasks.sync.directory import Directory
from tasks.sync.hold import LEASE, Hold, LeaseLost
from tasks.sync.lean import few_collections, unmapped_database
from tasks.sync.plan import plan
from tasks.sync.problems import Problem
from tasks.sync.readers import Brought, Readers
from tasks.sync.store import TaskStore
from tasks.sync.witness import StoryWitness

log = structlog.get_logger(__name__)

Job = TypeVar("Job")
Page = TypeVar("Page")
MOST_PROBLEMS = 200
RUNS_KEPT = timedelta(days=30)


class OutOfTime(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the run is over for this worker, and otherwise in how many seconds to go on."""

    go_on_in: float | None = None


class Writer(Protocol[Job, Page]):
    seen: int
    written: int
    done: int

    def take(self, batch: list[Brought[Job, Page]]) -> None: ...


@dataclass
class Means:
    """What a run works with: clocks, places, patience."""

    client: Callable[[AsanaConnection], AsanaClient]
    now: Callable[[], datetime]
    zone: tzinfo
    readers: int = 8
    slice_seconds: float = 600.0
    on_progress: Callable[[SyncRun], None] = lambda run: None


def work_on(run_id: int, means: Means) -> Outcome:
    """Carry the run on, unless another worker has it."""
    owner = uuid4()
    run = SyncRun.objects.unfinished().select_related("connection").filter(pk=run_id).first()
    if run is None or not run.lease(owner, means.now(), LEASE):
        return Outcome()
    if not (run.connection.is_working or run.connection.is_new):
        reason = run.connection.status_reason or "The connection is stopped"
        run.finish(SyncRun.State.FAILED, means.now(), reason)
        return Outcome()
    with few_collections(), unmapped_database():
        return Stretch(run, owner, means).work()


class Stretch:
    def __init__(self, run: SyncRun, owner: UUID, means: Means) -> None:
        self.run = run
        self.means = means
        self.problems: list[Problem] = []
        self.ends_at = time.monotonic() + means.slice_seconds
        if run.started_at is None:
            run.started_at = means.now()
        SyncRun.objects.filter(pk=run.pk).update(
            state=SyncRun.State.RUNNING, started_at=run.started_at, resume_at=None
        )
        self.started_at = run.started_at
        self.lists_only = run.connection.is_new
        self.owner = owner

    def work(self) -> Outcome:
        run, now = self.run, self.means.now
        try:
            self.client = self.means.client(run.connection)
            self.client.lane = Lane.BACKFILL if run.full else Lane.INCREMENTAL
            self.hold = Hold(run, self.owner, self.client, now)
            self._phases()
            self._finish()
        except LeaseLost:
            log.info("sync_run_taken_over", run=run.pk)
        except OutOfTime:
            return self._go_on_in(0)
        except Postponed as postponed:
            return self._go_on_in(postponed.seconds)
        except UnauthorizedError as error:
            run.connection.stop(str(error))
            self._fail(str(error))
        except (AsanaError, AsanaUnavailable) as error:
            self._fail(str(error))
        except Exception as error:
            if isinstance(error, OperationalError) and is_collision(error):
                log.warning("sync_run_collided", run=run.pk, error=str(error))
                return self._begin_again()
            self._fail(f"Unexpected error ({type(error).__name__}): see the log")
            raise
        return Outcome()

    def _phases(self) -> None:
        if self.run.phase == SyncRun.Phase.PEOPLE:
            self._people()
        if self.lists_only:
            return
        if self.run.phase == SyncRun.Phase.TASKS:
            self._tasks()
            self.hold.enter(SyncRun.Phase.SUBTASKS, 0)
        if self.run.phase == SyncRun.Phase.SUBTASKS:
            self._subtasks()
            self.hold.enter(SyncRun.Phase.MISSING, 0)
        self._missing()
        reckoning.reckon(self.run.connection, self.means.now(), StoryWitness(self.client))

    def _people(self) -> None:
        connection = self.run.connection
        self.hold.enter(SyncRun.Phase.PEOPLE, 2)
        census = people.Census(self.client, connection)
        self._read(["users", "projects"], census.read, people.Registrar(connection))
        matching.match_all(connection)
        if self.lists_only:
            return
        with transaction.atomic():
            total = plan(self.run, self.started_at)
            self.hold.enter(SyncRun.Phase.TASKS, total)

    @cached_property
    def store(self) -> TaskStore:
        return TaskStore(self.run.connection, Directory(self.run.connection))

    def _tasks(self) -> None:
        units = SyncUnit.objects.left_in(self.run).select_related("project__stream").order_by("pk")
        zone, now = self.means.zone, self.means.now()

        def read(unit: SyncUnit) -> Iterator[listing.TaskPage]:
            return listing.pages_of(self.client, unit, zone, now)

        self._read(list(units), read, listing.Listing(self.store, self.started_at))

    def _subtasks(self) -> None:
        writer = subtasks.Subtasks(self.store, self.started_at)
        tried: set[int] = set()
        for _ in range(subtasks.LEVELS):
            parents = subtasks.due_parents(self.run, self.started_at, tried)
            if not parents:
                break
            tried.update(parent.pk for parent in parents)
            self.hold.enter(SyncRun.Phase.SUBTASKS, len(parents))
            self._read(
                parents, lambda p: subtasks.pages_of(self.client, p, self.means.zone), writer
            )
        self.problems += writer.problems

    def _missing(self) -> None:
        writer = missing.Judge(self.store, self.means.zone, self.means.now())
        inquiry = missing.Inquiry(self.client)
        tried: set[int] = set()
        missing.look_for_strays(self.run, self.started_at)
        # Subtasks of a deleted task become missing in turn, level by level.
        for _ in range(subtasks.LEVELS + 1):
            tasks = missing.missing_tasks(self.run.connection, tried=tried, run=self.run)
            if not tasks:
                break
            tried.update(task.pk for task in tasks)
            self.hold.enter(SyncRun.Phase.MISSING, len(tasks))
            self._read(tasks, inquiry.ask, writer)
        self.problems += writer.problems

    def _read(
        self,
        jobs: Iterable[Job],
        read: Callable[[Job], Iterator[Page]],
        writer: Writer[Job, Page],
    ) -> None:
        """Let the readers bring and the writer store, a few pages in each transaction."""
        readers = Readers(jobs, read, self.means.readers, self.client.stopped)
        # Closed at once when the writer ends early: readers must not go on asking for nobody.
        with closing(readers.batches(seconds=1.0)) as batches:
            for batch in batches:
                if batch or self.hold.is_due():
                    self._write(batch, writer)
                if time.monotonic() > self.ends_at and self.run.phase != SyncRun.Phase.PEOPLE:
                    raise OutOfTime

    def _write(self, batch: list[Brought[Job, Page]], writer: Writer[Job, Page]) -> None:
        before = (writer.seen, writer.written, writer.done)
        with transaction.atomic():
            writer.take(batch)
            self.hold.note(
                tasks_seen=writer.seen - before[0],
                tasks_written=writer.written - before[1],
                units_done=writer.done - before[2],
            )
        self.means.on_progress(self.run)

    def _finish(self) -> None:
        run = self.run
        troubled = SyncUnit.objects.filter(run=run).troubled().select_related("project")
        problems: list[Problem] = [
            {"project": str(unit.project), "reason": unit.reason or unit.get_state_display()}
            for unit in troubled
        ]
        problems += self.problems
        state = SyncRun.State.PARTLY if problems else SyncRun.State.DONE
        with transaction.atomic():
            self.hold.note()
            run.finish(state, self.means.now(), problems=problems[:MOST_PROBLEMS])
            if not self.lists_only:
                AsanaConnection.objects.filter(pk=run.connection_id).update(read_at=run.started_at)
            letters.settle_read(run, self.means.now())
            SyncUnit.objects.filter(run=run, deletions_accepted=True).update(
                deletions_accepted=False
            )
            SyncRun.objects.filter(finished_at__lt=self.started_at - RUNS_KEPT).delete()

    def _fail(self, reason: str) -> None:
        log.warning("sync_run_failed", run=self.run.pk, reason=reason)
        if self._still_holds():
            self.run.finish(SyncRun.State.FAILED, self.means.now(), reason)

    def _still_holds(self) -> bool:
        """Also counts the requests made since the last page."""
        try:
            self.hold.note()
        except (LeaseLost, AttributeError):
            return SyncRun.objects.filter(pk=self.run.pk, leased_by=self.owner).exists()
        return True

    def _begin_again(self) -> Outcome:
        """From the last checkpoint. When even that cannot be said, the lease runs out instead."""
        try:
            return self._go_on_in(BEGIN_AGAIN_IN)
        except OperationalError:
            return Outcome()

    def _go_on_in(self, seconds: float) -> Outcome:
        if not self._still_holds():
            return Outcome()
        resume_at = self.means.now() + timedelta(seconds=seconds)
        SyncRun.objects.filter(pk=self.run.pk, leased_by=self.owner).update(
            leased_by=None, leased_until=None, resume_at=resume_at, state=SyncRun.State.WAITING
        )
        return Outcome(go_on_in=seconds)
