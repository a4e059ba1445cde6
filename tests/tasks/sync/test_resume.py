"""Two workers never work on one run, and one that dies leaves nothing half done."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from tasks import jobs
from tasks.models import AsanaConnection, Membership, SyncPage, SyncRun, SyncUnit, Task
from tasks.sync.asking import ask_for_run
from tasks.sync.hold import LEASE, Hold, LeaseLost
from tasks.sync.run import work_on
from tests.asana_double import AsanaDouble
from tests.services.worker import Worker
from tests.tasks.asana.clients import client_of
from tests.tasks.sync.world import HOUR, connect, fill, in_asana, means, mirrored, still, sync


@pytest.mark.django_db
def test_a_run_that_is_asked_for_twice_is_one_run(double: AsanaDouble) -> None:
    connection = connect(double)
    first = ask_for_run(connection, double.clock.now())
    assert ask_for_run(connection, double.clock.now()) == first


@pytest.mark.django_db
def test_a_leased_run_is_left_to_its_worker(double: AsanaDouble) -> None:
    fill(double)
    run = ask_for_run(connect(double), double.clock.now())
    assert run.lease(uuid4(), double.clock.now(), LEASE)
    assert work_on(run.pk, means(double)).go_on_in is None
    assert len(double.log) == 0


@pytest.mark.django_db
def test_an_expired_lease_is_taken_over(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    run = ask_for_run(connection, double.clock.now())
    assert run.lease(uuid4(), double.clock.now(), LEASE)
    double.clock.advance(LEASE.total_seconds() + 1)
    assert SyncRun.objects.abandoned_at(double.clock.now()).get() == run
    work_on(run.pk, means(double))
    assert mirrored() == in_asana(double)


@pytest.mark.fault(34)
@pytest.mark.django_db
def test_a_worker_that_slept_writes_nothing_over_its_successor(double: AsanaDouble) -> None:
    """The lease is checked inside the transaction that writes."""
    connection = connect(double)
    run = ask_for_run(connection, double.clock.now())
    sleeper, successor = uuid4(), uuid4()
    assert run.lease(sleeper, double.clock.now(), LEASE)
    hold = Hold(run, sleeper, client_of(double), double.clock.now)
    double.clock.advance(LEASE.total_seconds() + 1)
    assert run.lease(successor, double.clock.now(), LEASE)

    def write() -> None:
        with transaction.atomic():
            AsanaConnection.objects.update(workspace_name="Overwritten")
            hold.note()

    with pytest.raises(LeaseLost):
        write()
    connection.refresh_from_db()
    assert connection.workspace_name == "Demo agency"


@pytest.mark.django_db
def test_a_long_run_goes_on_in_slices(double: AsanaDouble) -> None:
    fill(double, projects=8, tasks=30)
    connection = connect(double)
    run = ask_for_run(connection, double.clock.now())
    slices = 0
    while work_on(run.pk, means(double, slice_seconds=0.0)).go_on_in is not None:
        slices += 1
    run.refresh_from_db()
    assert slices > 3
    assert run.state == SyncRun.State.DONE
    assert mirrored() == in_asana(double)


class Died(BaseException):
    pass


def die_after(batches: int, more: dict[str, object]) -> dict[str, object]:
    """The process ends without any clean-up: not even `except Exception` sees it."""
    left = [batches]

    def count(run: SyncRun) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Died

    return {**more, "on_progress": count, "readers": 1}


@pytest.mark.fault(34)
@pytest.mark.django_db
@pytest.mark.parametrize("batches", [0, 1, 2, 3, 5, 8, 13])
def test_wherever_it_dies_the_next_worker_ends_with_the_same(
    double: AsanaDouble, batches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.sync.readers.PAGES_AT_ONCE", 1)
    fill(double, projects=4, tasks=230, nested=60)
    connection = connect(double)
    run = ask_for_run(connection, double.clock.now())
    with pytest.raises(Died):
        work_on(run.pk, means(double, **die_after(batches, {})))
    double.clock.advance(LEASE.total_seconds() + 1)
    work_on(run.pk, means(double))
    run.refresh_from_db()
    assert (run.state, run.problems) == (SyncRun.State.DONE, [])
    assert mirrored() == in_asana(double)
    assert not SyncPage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("minutes", [10, 20])
def test_a_listing_goes_on_where_it_was_if_asana_still_knows_the_place(
    double: AsanaDouble, minutes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.sync.readers.PAGES_AT_ONCE", 1)
    fill(double, projects=1, tasks=430, nested=60)
    connection = connect(double)
    run = ask_for_run(connection, double.clock.now())
    with pytest.raises(Died):
        work_on(run.pk, means(double, **die_after(4, {})))
    unit = SyncUnit.objects.get()
    assert unit.offset
    double.clock.advance(minutes * 60)
    still(double)
    double.log.clear()
    work_on(run.pk, means(double))
    pages = [one for one in double.log if one.path.endswith("/tasks")]
    assert ("offset" in pages[0].query) == (minutes < 14)
    assert mirrored() == in_asana(double)


@pytest.mark.django_db
def test_a_listing_that_was_cut_still_finds_what_is_missing(
    double: AsanaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages read before the end are remembered, so they are not taken for missing."""
    monkeypatch.setattr("tasks.sync.readers.PAGES_AT_ONCE", 1)
    fill(double, projects=1, tasks=330, nested=60)
    connection = connect(double)
    sync(double, connection)
    gone = next(task for task in double.state.tasks.values() if task.name == "Task 0.7")
    double.state.delete_task(gone)
    double.clock.advance(2 * HOUR)
    run = ask_for_run(connection, double.clock.now())
    with pytest.raises(Died):
        work_on(run.pk, means(double, **die_after(4, {})))
    assert SyncPage.objects.exists()
    double.clock.advance(LEASE.total_seconds() + 1)
    still(double)
    double.log.clear()
    work_on(run.pk, means(double))
    assert mirrored() == in_asana(double)
    asked_one_by_one = [one for one in double.log if one.path.count("/") == 2]
    assert len([one for one in asked_one_by_one if one.path.startswith("/tasks/")]) == 1


@pytest.mark.django_db
def test_an_unexpected_error_is_told_and_raised(
    double: AsanaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("tasks.sync.store.TaskStore.store", broken)
    fill(double)
    connection = connect(double)
    run = ask_for_run(connection, double.clock.now())
    with pytest.raises(RuntimeError):
        work_on(run.pk, means(double))
    run.refresh_from_db()
    assert (run.state, run.reason) == ("failed", "Unexpected error (RuntimeError): see the log")


# -- with a real broker and real worker processes -------------------------------------------------


@pytest.fixture
def worker(
    double: AsanaDouble, broker: str, transactional_db: None, tmp_path: Path
) -> Iterator[Worker]:
    running = Worker(tmp_path / "worker.log", ASANA_BASE_URL=double.url)
    yield running
    running.stop()


def wait_for(condition, seconds: float = 60) -> None:  # type: ignore[no-untyped-def]
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)


def run_now(run: SyncRun) -> SyncRun:
    run.refresh_from_db()
    return run


@pytest.mark.fault(34)
@pytest.mark.services
@pytest.mark.parametrize("moment", ["people", "tasks", "subtasks"])
def test_a_worker_killed_in_mid_sync_is_replaced_and_nothing_differs(
    double: AsanaDouble, worker: Worker, moment: str
) -> None:
    """SIGKILL for worker and children at once; the clock then passes the end of its lease."""
    double.latency_ms = 15
    fill(double, projects=25, tasks=110, nested=20)
    connection = connect(double)
    run = ask_for_run(connection, timezone.now())
    jobs.run_sync.delay(run.pk)
    wait_for(lambda: run_now(run).leased_by is not None)
    if moment != "people":
        wait_for(lambda: run_now(run).phase == moment and run.units_done > 3)
    worker.kill()
    assert not run_now(run).is_finished
    SyncRun.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    worker.start()
    jobs.resume_abandoned_runs.delay()
    wait_for(lambda: run_now(run).is_finished)
    assert (run.state, run.problems) == (SyncRun.State.DONE, [])
    assert mirrored() == in_asana(double)
    assert Task.objects.count() == len(mirrored())
    after = sync(double, connection, full=True)
    assert after.tasks_written == 0
    assert not Membership.objects.filter(project=None).exists()


@pytest.mark.fault(34)
@pytest.mark.services
@pytest.mark.slow
def test_an_abandoned_run_goes_on_within_a_minute_by_itself(
    double: AsanaDouble, worker: Worker
) -> None:
    """Nothing is helped along here: the lease runs out, and beat's job finds it."""
    double.latency_ms = 15
    fill(double, projects=20, tasks=30)
    run = ask_for_run(connect(double), timezone.now())
    jobs.run_sync.delay(run.pk)
    wait_for(lambda: run_now(run).units_done > 3)
    worker.kill()
    killed = time.monotonic()
    worker.start()
    while not run_now(run).is_finished and time.monotonic() - killed < 60:
        jobs.resume_abandoned_runs.delay()
        time.sleep(2)
    assert run.state == SyncRun.State.DONE
    assert mirrored() == in_asana(double)


@pytest.mark.services
def test_the_job_of_the_clock_reads_every_working_connection(
    double: AsanaDouble, worker: Worker
) -> None:
    fill(double)
    connect(double)
    jobs.sync_all_connections.delay()
    wait_for(lambda: SyncRun.objects.exclude(finished_at=None).exists())
    assert mirrored() == in_asana(double)
    assert "double-token" not in worker.log.read_text()
