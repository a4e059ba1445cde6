"""Tokens that end, things that may not be seen, things that are gone."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from godview.encryption import Secret
from tasks.models import AsanaConnection, DeadLetter, Project, SyncRun, SyncUnit, Task
from tasks.sync import tokens
from tasks.sync.start import quick_means
from tasks.sync.sweeping import sweep
from tests.asana_double.server import TOKEN
from tests.tasks.faults.ground import Ground
from tests.tasks.sync.world import HOUR


def under_oauth(ground: Ground, settings) -> None:
    settings.ASANA_CLIENT_ID, settings.ASANA_CLIENT_SECRET = "double-app", "double-app-secret"
    made = ground.switch("oauth", grant=next(iter(ground.state.users)))
    ground.connection.refresh_token = Secret.of(made["refresh_token"])
    ground.connection.save()


@pytest.mark.fault(13)
@pytest.mark.django_db(transaction=True)
def test_a_token_that_ends_in_mid_run_is_renewed_once(ground: Ground, settings) -> None:
    ground.fill(8)
    under_oauth(ground, settings)
    token = tokens.current(ground.connection, ground.clock.now())
    ground.switch("tokens", spend=token, requests=6)
    assert ground.read().state == SyncRun.State.DONE
    assert ground.switch("oauth")["refreshes"] == 2
    ground.is_right()


@pytest.mark.fault(13)
@pytest.mark.parametrize("how", ["revoke", "expire", "spend"])
def test_a_token_for_good_refused_stops_says_so_and_goes_on_later(ground: Ground, how: str) -> None:
    ground.fill(6)
    ground.switch("tokens", **{how: TOKEN}, **({"requests": 5} if how == "spend" else {}))
    run = ground.read()
    assert (run.state, ground.connection.is_working) == (SyncRun.State.FAILED, False)
    assert "enter a new one" in ground.connection.status_reason
    since = len(ground.double.log)
    ground.drain()
    ground.read()
    assert len(ground.double.log) == since
    ground.switch("tokens", add=TOKEN)
    ground.connection.status = AsanaConnection.Status.WORKING
    ground.connection.save()
    assert ground.read().state == SyncRun.State.DONE
    ground.is_right()


@pytest.mark.fault(14)
@pytest.mark.django_db(transaction=True)
def test_workers_that_renew_at_once_renew_once(ground: Ground, settings) -> None:
    """The old access token dies at once, so a second renewal would kill the first one's."""
    ground.fill(2)
    under_oauth(ground, settings)
    ground.switch("oauth", single=True)
    gate = threading.Barrier(6)

    def work(_: int) -> str:
        try:
            mine = AsanaConnection.objects.get(pk=ground.connection.pk)
            gate.wait(5)
            return tokens.current(mine, ground.clock.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        got = set(pool.map(work, range(6)))
    assert len(got) == 1
    assert ground.switch("oauth")["refreshes"] == 1
    ground.connection.refresh_from_db()
    assert ground.read().state == SyncRun.State.DONE
    ground.is_right()


@pytest.mark.fault(15)
@pytest.mark.parametrize("status", [403, 404])
def test_a_closed_project_is_named_and_the_rest_goes_on(ground: Ground, status: int) -> None:
    gids = ground.fill(3)
    ground.read()
    ground.switch("forbid", project=gids[1], status=status)
    ground.change(ground.task("Task 2.1"), name="Renamed")
    run = ground.reconcile()
    ground.drain()
    assert run.state in (SyncRun.State.PARTLY, SyncRun.State.DONE)
    unit = SyncUnit.objects.get(project__gid=gids[1])
    gone = Project.objects.get(gid=gids[1]).deleted_at is not None
    assert gone or (unit.state == SyncUnit.State.FAILED and str(status) in unit.reason)
    assert Task.objects.filter(name="Renamed").exists()
    assert not Task.objects.exclude(deleted_at=None).exists()
    ground.accuses(set())
    ground.switch("forbid", clear=True)
    assert ground.reconcile().state == SyncRun.State.DONE
    ground.drain(later=25 * HOUR)
    ground.is_right()


@pytest.mark.fault(15)
def test_without_the_right_to_follow_events_the_lists_do(ground: Ground) -> None:
    ground.fill(2)
    ground.switch("forbid", endpoint="/events|/sections")
    assert ground.read().state == SyncRun.State.DONE
    ground.change(ground.task("Task 0.1"), name="Renamed")
    ground.drain()
    assert ground.read(later=2 * HOUR).state == SyncRun.State.DONE
    ground.is_right()


@pytest.mark.fault(15)
def test_a_task_made_private_is_not_called_deleted(ground: Ground) -> None:
    """It is there, only not for us: it stays as it was last seen, and the run names it."""
    ground.fill(2)
    ground.read()
    task = ground.task("Task 0.1")
    ground.switch("forbid", task=task.gid, status=403)
    ground.change(ground.task("Task 0.2"), name="Renamed")
    run = ground.reconcile()
    assert [problem["project"] for problem in run.problems] == [f"Task {task.gid}"]
    assert Task.objects.get(gid=task.gid).deleted_at is None
    ground.is_right()
    ground.state.change_task(task, {"name": "Still private"})
    ground.drain()
    ground.accuses(set())
    ground.switch("forbid", clear=True)
    ground.reconcile()
    ground.is_right()


@pytest.mark.fault(16)
def test_without_search_the_projects_are_listed(ground: Ground) -> None:
    ground.fill(2)
    ground.switch("search", paid=False)
    ground.read()
    ground.switch("events", drop=1.0)
    ground.change(ground.task("Task 0.1"), name="Renamed")
    means = quick_means(ground.clock.now)
    for _ in range(3):
        assert sweep(ground.connection, means.client(ground.connection), means) is None
        ground.connection.refresh_from_db()
    assert ground.asked("/tasks/search") == 1
    assert ground.read(later=2 * HOUR).state == SyncRun.State.DONE
    ground.is_right()


@pytest.mark.fault(17)
def test_a_project_deleted_between_two_of_its_pages_accuses_nobody(ground: Ground) -> None:
    gids = ground.fill(3, tasks=130)
    ground.read()
    deed = {"method": "DELETE", "path": f"/projects/{gids[1]}"}
    ground.fault("deed", path=f"/projects/{gids[1]}/tasks", nth=1, deed=deed)
    assert ground.reconcile().state == SyncRun.State.PARTLY
    ground.calm()
    ground.reconcile()
    assert Project.objects.get(gid=gids[1]).deleted_at is not None
    assert not Task.objects.exclude(deleted_at=None).exists()
    ground.is_right()


@pytest.mark.fault(17)
def test_a_task_gone_between_its_event_and_its_reading_is_a_tombstone(ground: Ground) -> None:
    ground.fill(1)
    ground.read()
    task = ground.task("Task 0.1")
    ground.change(task, name="Renamed")
    deed = {"method": "DELETE", "path": f"/tasks/{task.gid}"}
    ground.fault("deed", path="/events", nth=1, deed=deed)
    ground.drain()
    assert Task.objects.get(gid=task.gid).deleted_at is not None
    ground.is_right({("deleted", "Task 0.1")})


@pytest.mark.fault(17)
def test_a_person_who_left_is_marked_and_their_tasks_stay(ground: Ground) -> None:
    ground.fill(1)
    ground.read()
    leaving = ground.task("Task 0.1").assignee
    ground.switch("scene", scene="leave", user=leaving)
    ground.reconcile()
    ground.is_right()
    assert not DeadLetter.objects.exists()
