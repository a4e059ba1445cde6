"""Events: lost tokens, long chains, and events that are lost, repeated, late or strange."""

import pytest

from tasks.models import EventStream, Task
from tests.tasks.faults.ground import Ground
from tests.tasks.sync.world import HOUR


@pytest.mark.fault(9)
@pytest.mark.parametrize("how", ["expired", "of another world", "forgotten", "in mid-chain"])
def test_a_lost_token_costs_one_list_of_that_project(ground: Ground, how: str) -> None:
    gids = ground.fill(2)
    ground.read()
    task = ground.task("Task 0.1")
    for number in range(120 if how == "in mid-chain" else 1):
        ground.change(task, name=f"Name {number}")
    ground.act("DELETE", f"/tasks/{ground.task('Task 0.2').gid}")
    if how == "expired":
        ground.switch("clock", advance_seconds=25 * HOUR)
    elif how == "forgotten":
        ground.switch("events", forget=gids[0])
    elif how == "in mid-chain":
        ground.fault("412", path=f"/events.*{gids[0]}", nth=2)
    else:
        EventStream.objects.filter(project__gid=gids[0]).update(sync_token=how)
    since = len(ground.double.log)
    ground.drain()
    assert ground.asked(f"/projects/{gids[0]}/tasks", since) == 1
    assert ground.asked(f"/projects/{gids[1]}/tasks", since) == (how == "expired")
    ground.is_right({("deleted", "Task 0.2")})
    since = len(ground.double.log)
    ground.drain()
    assert ground.asked("/tasks", since) == 0


@pytest.mark.fault(10)
@pytest.mark.parametrize(("count", "requests"), [(0, 1), (100, 1), (101, 2), (250, 3), (5000, 50)])
def test_a_chain_is_drained_once_to_its_end(ground: Ground, count: int, requests: int) -> None:
    gid = ground.fill(1)[0]
    ground.read()
    tasks = list(ground.state.tasks.values())
    journal = ground.state.journal
    for number in range(count):
        task = tasks[number % len(tasks)]
        ground.state.witness.tell("task", task.gid, "changed", [gid])
    since = len(ground.double.log)
    ground.drain()
    assert ground.asked("/events", since) == requests
    assert ground.asked("/tasks", since) == min(count, len(tasks))
    token = EventStream.objects.get().sync_token
    assert journal.tokens[token].position == count
    EventStream.objects.update(sync_token=token)  # a worker that died asks with the same again
    ground.drain()
    ground.is_right()


@pytest.mark.fault(11)
@pytest.mark.parametrize("seed", range(4))
def test_however_events_come_a_reconcile_makes_it_right(ground: Ground, seed: int) -> None:
    ground.fill(2, tasks=8)
    ground.read()
    ground.switch(
        "events",
        drop=0.3,
        duplicate=0.3,
        shuffle=True,
        delay_seconds=600,
        delay_share=0.4,
        seed=seed,
    )
    for number in range(8):
        ground.change(ground.task(f"Task 0.{number}"), name=f"New {number}")
    ground.act("DELETE", f"/tasks/{ground.task('New 2').gid}")
    ground.change(ground.task("Task 1.3"), due_on="2027-01-01", completed=True)
    ground.act("POST", "/tasks", {"name": "Fresh", "projects": [next(iter(ground.state.projects))]})
    ground.drain()
    ground.drain(later=700)
    ground.reconcile()
    ground.is_right({("deleted", "Task 0.2")})


@pytest.mark.fault(12)
@pytest.mark.parametrize("kind", ["unknown action", "unknown resource type", "user null"])
def test_strange_events_are_passed_over(ground: Ground, kind: str) -> None:
    ground.fill(1)
    ground.read()
    ground.fault(kind, path="/events")
    ground.change(ground.task("Task 0.1"), name="Renamed")
    since = len(ground.double.log)
    ground.drain()
    assert ground.asked("/projects/", since) == 0
    assert Task.objects.filter(name="Renamed").exists()
    ground.is_right()


@pytest.mark.fault(12)
def test_an_event_that_says_the_stream_broke_lists_the_project_again(ground: Ground) -> None:
    gid = ground.fill(1)[0]
    ground.read()
    ground.fault("sync error", path="/events", times=1)
    ground.change(ground.task("Task 0.1"), name="Renamed")
    since = len(ground.double.log)
    ground.drain()
    assert ground.asked(f"/projects/{gid}/tasks", since) == 1
    ground.is_right()
