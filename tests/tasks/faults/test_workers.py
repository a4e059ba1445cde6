"""Our own machine fails: a worker killed, the broker emptied, two workers in each other's way."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from django.db import connection, connections, transaction
from django.utils import timezone

from tasks import jobs
from tasks.models import EventStream, Project, SyncRun, Task
from tasks.sync.asking import ask_for_run
from tasks.sync.following import follow
from tasks.sync.hold import LEASE
from tasks.sync.run import Stretch
from tasks.sync.start import quick_means
from tests.services.worker import Worker
from tests.tasks.faults.ground import Ground

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(ground: Ground, tmp_path: Path) -> Iterator[Worker]:
    running = Worker(
        tmp_path / "worker.log",
        ASANA_BASE_URL=ground.double.url,
        ASANA_TIMEOUT_SECONDS="2",
        ASANA_RETRY_SECONDS="0.05",
    )
    yield running
    running.stop()


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)


@pytest.mark.fault(34)
@pytest.mark.services
def test_a_worker_killed_while_the_broker_is_emptied_leaves_the_same_end(
    ground: Ground, worker: Worker, broker: str
) -> None:
    """Everything at once: SIGKILL for the worker, and whatever the broker knew is gone."""
    ground.switch("latency", milliseconds=15)
    ground.fill(20, tasks=110, subtasks=2)
    run = ask_for_run(ground.connection, timezone.now())
    jobs.run_sync.delay(run.pk)

    def stands_in_the_middle() -> bool:
        run.refresh_from_db()
        return run.phase == SyncRun.Phase.TASKS and run.units_done > 3

    wait_for(stands_in_the_middle)
    worker.kill()
    redis.Redis.from_url(broker).flushdb()
    SyncRun.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    worker.start()
    jobs.resume_abandoned_runs.delay()
    wait_for(lambda: SyncRun.objects.get(pk=run.pk).units_done > 12)
    redis.Redis.from_url(broker).flushdb()  # and once more, under a worker that is at work
    wait_for(lambda: SyncRun.objects.get(pk=run.pk).is_finished)
    run.refresh_from_db()
    assert (run.state, run.problems) == (SyncRun.State.DONE, [])
    ground.is_right()


@pytest.mark.fault(34)
def test_a_nudge_that_the_broker_forgot_is_found_in_the_database(
    ground: Ground, broker: str
) -> None:
    ground.fill(2)
    ground.read()
    project = Project.objects.first()
    EventStream.objects.filter(project=project).update(nudged_at=ground.clock.now())
    redis.Redis.from_url(broker).flushdb()
    assert ground.due() == [project]


class InTheWay:
    """Another worker, in a transaction of its own, that has what ours needs and needs what it has.

    On PostgreSQL that is a deadlock, which ends one of them; on SQLite the only writer.
    """

    def __init__(self, first: str, last: str) -> None:
        self.first, self.last = first, last
        self.holds, self.ends = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work)

    def __enter__(self) -> "InTheWay":
        self._thread.start()
        assert self.holds.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.ends.set()
        self._thread.join()

    def _work(self) -> None:
        try:
            with transaction.atomic():
                self._take(self.last)
                self.holds.set()
                if connection.vendor == "postgresql":
                    wait_for(self._somebody_waits)
                    self._take(self.first)
                else:
                    self.ends.wait(10)
        finally:
            connections.close_all()

    def _take(self, name: str) -> None:
        Task.objects.filter(name=name).update(name=name)

    def _somebody_waits(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                "AND datname = current_database()"
            )
            row = cursor.fetchone()
        return bool(row and row[0])


@pytest.fixture
def impatient() -> Iterator[None]:
    """SQLite waits twenty seconds for another writer: here a tenth of one."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
        yield
        cursor.execute("PRAGMA busy_timeout = 20000")


@pytest.mark.fault(34)
def test_a_deadlock_puts_a_drain_off_by_a_second_and_loses_nothing(
    ground: Ground, impatient: None
) -> None:
    ground.fill(1)
    ground.read()
    project, names = Project.objects.get(), [f"Task 0.{number}" for number in range(5)]
    for attempt in range(4):  # of two who wait for each other PostgreSQL may end the other one
        new = [f"New {attempt}.{number}" for number in range(5)]
        for old, name in zip(names, new, strict=True):
            ground.change(ground.task(old), name=name)
        with InTheWay(names[0], names[4]):
            turn = follow(project.pk, quick_means(ground.clock.now))
        if turn.again_in is not None:
            break
        names = new
    assert turn.again_in == 1.0
    assert not Task.objects.filter(name__in=new).exists()
    ground.drain()
    ground.is_right()


@pytest.mark.fault(34)
def test_a_deadlock_in_mid_run_lets_it_go_on_from_its_checkpoint(
    ground: Ground, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground.fill(1)
    ground.read()
    for number in range(5):
        ground.change(ground.task(f"Task 0.{number}"), name=f"New {number}")
    others: list[InTheWay] = []
    write = Stretch._write

    def in_the_way(self: Stretch, batch: Any, writer: Any) -> None:
        if self.run.phase == SyncRun.Phase.TASKS and not others:
            others.append(InTheWay("Task 0.0", "Task 0.4").__enter__())
        write(self, batch, writer)

    monkeypatch.setattr(Stretch, "_write", in_the_way)
    run = ground.read(full=True)
    others[0].__exit__()
    if not run.is_finished:  # it could not even say that it stops: its lease runs out
        run = ground.read(later=LEASE.total_seconds() + 1)
    assert run.state == SyncRun.State.DONE
    assert Task.objects.filter(name__startswith="New").count() == 5
    ground.is_right()
