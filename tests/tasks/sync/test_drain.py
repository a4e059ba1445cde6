"""After a drain our tables are as Asana is, whatever the events were like."""

import pytest
from django.db import transaction

from tasks.models import EventStream, Project, SyncUnit, Task
from tasks.sync import drain as drain_module
from tasks.sync.drain import DrainedByAnother, drain
from tests.asana_double import AsanaDouble
from tests.tasks.sync.drains import asked, followed, stream_of, turn
from tests.tasks.sync.test_mirror import task_named
from tests.tasks.sync.world import HOUR, connect, fill, in_asana, means, mirrored, sync

pytestmark = pytest.mark.django_db


def test_the_token_is_taken_before_the_list_so_nothing_falls_in_between(
    double: AsanaDouble,
) -> None:
    gids = fill(double, projects=1)
    sync(double, connect(double))
    paths = [one.path for one in double.log]
    assert paths.index("/events") < paths.index(f"/projects/{gids[0]}/tasks")
    assert EventStream.objects.get().sync_token
    assert EventStream.objects.get().drained_at is not None


def test_a_change_costs_two_requests(double: AsanaDouble) -> None:
    project = followed(double)[0]
    double.state.change_task(task_named(double, "Task 0.1"), {"due_on": "2026-06-30"})
    since = len(double.log)
    turn(double, project)
    assert asked(double, since) == ["/events", f"/tasks/{task_named(double, 'Task 0.1').gid}"]
    assert mirrored() == in_asana(double)


def test_nothing_new_costs_one_request_and_writes_nothing(double: AsanaDouble) -> None:
    project = followed(double)[0]
    since = len(double.log)
    drained = turn(double, project).drained
    assert asked(double, since) == ["/events"]
    assert drained is not None
    assert drained.written == 0


def test_every_kind_of_change_arrives(double: AsanaDouble) -> None:
    here, there = followed(double)
    state = double.state
    own, other = state.project(here.gid), state.project(there.gid)
    new = state.add_task("New", [own.gid], due_on="2026-06-01")
    state.add_task("Below the new one", parent=new.gid)
    state.delete_task(task_named(double, "Task 0.1"))
    state.remove_from_project(task_named(double, "Task 0.2"), own)
    state.add_to_project(task_named(double, "Task 0.3"), other)
    state.set_parent(task_named(double, "Task 0.4"), task_named(double, "Task 0.6"))
    state.change_task(task_named(double, "Task 0.0, below"), {"completed": True})
    turn(double, here)
    turn(double, there)
    assert mirrored() == in_asana(double)
    assert Task.objects.get(name="Task 0.1").deleted_at is not None
    places = Task.objects.get(name="Below the new one").memberships.all()
    assert [(place.project, place.inherited) for place in places] == [(here, True)]


def test_an_undeleted_task_comes_back(double: AsanaDouble) -> None:
    project = followed(double)[0]
    task = task_named(double, "Task 0.0")
    double.state.delete_task(task)
    turn(double, project)
    double.state.undelete_task(task)
    turn(double, project)
    assert mirrored() == in_asana(double)


def test_from_twenty_changes_on_the_project_is_listed(double: AsanaDouble) -> None:
    project = followed(double, tasks=40)[0]
    for number in range(20):
        double.state.change_task(task_named(double, f"Task 0.{number}"), {"name": f"New {number}"})
    since = len(double.log)
    turn(double, project)
    assert asked(double, since) == ["/events", f"/projects/{project.gid}/tasks"]
    assert mirrored() == in_asana(double)


@pytest.mark.fault(9)
@pytest.mark.parametrize("how", ["expired", "unknown", "forgotten", "sync error"])
def test_a_lost_token_lists_that_project_only(double: AsanaDouble, how: str) -> None:
    here, there = followed(double)
    double.state.change_task(task_named(double, "Task 0.1"), {"name": "Renamed"})
    double.state.delete_task(task_named(double, "Task 0.2"))
    match how:
        case "expired":
            double.clock.advance(25 * HOUR)
        case "unknown":
            EventStream.objects.filter(project=here).update(sync_token="of another world")
        case "forgotten":
            EventStream.objects.filter(project=here).update(sync_token="")
        case _:
            double.faults.add("sync error", path="/events", times=1)
    since = len(double.log)
    drained = turn(double, here).drained
    paths = asked(double, since)
    assert drained is not None
    assert drained.listed
    assert f"/projects/{here.gid}/tasks" in paths
    assert not any(there.gid in path for path in paths)
    assert mirrored() == in_asana(double)
    double.state.change_task(task_named(double, "Task 0.3"), {"name": "After"})
    drained = turn(double, here).drained
    assert drained is not None
    assert not drained.listed
    assert mirrored() == in_asana(double)


def test_a_token_lost_in_the_middle_of_a_chain(double: AsanaDouble) -> None:
    project = followed(double)[0]
    for number in range(150):
        double.state.change_task(
            task_named(double, "Task 0.1"), {"due_on": f"2027-01-{number % 28 + 1:02}"}
        )
    double.faults.add("412", path="/events", nth=2)
    drained = turn(double, project).drained
    assert drained is not None
    assert drained.listed
    assert mirrored() == in_asana(double)


@pytest.mark.fault(11)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_repeated_mixed_up_and_late_events_lead_to_the_same_state(
    double: AsanaDouble, seed: int
) -> None:
    project = followed(double)[0]
    faults = double.state.journal.faults
    faults.duplicate, faults.shuffle, faults.anonymous = 0.5, True, 0.5
    faults.delay_seconds, faults.delay_share = 600, 0.3
    faults.dice.seed(seed)
    for number in range(8):
        double.state.change_task(
            task_named(double, f"Task 0.{number}"), {"name": f"New {seed}.{number}"}
        )
    double.state.delete_task(task_named(double, f"New {seed}.2"))
    turn(double, project)
    double.clock.advance(700)
    turn(double, project)
    assert mirrored() == in_asana(double)


def test_lost_events_are_made_good_by_the_next_list(double: AsanaDouble) -> None:
    project = followed(double)[0]
    double.state.journal.faults.drop = 1.0
    double.state.delete_task(task_named(double, "Task 0.1"))
    double.state.change_task(task_named(double, "Task 0.3"), {"due_on": "2026-07-01"})
    turn(double, project)
    assert mirrored() != in_asana(double)
    double.clock.advance(2 * HOUR)
    sync(double, project.connection)
    assert mirrored() == in_asana(double)


@pytest.mark.parametrize("strange", ["unknown action", "unknown resource type", "user null"])
def test_what_nobody_knows_is_passed_over(double: AsanaDouble, strange: str) -> None:
    project = followed(double)[0]
    double.faults.add(strange, path="/events")
    double.state.change_task(task_named(double, "Task 0.1"), {"name": "Renamed"})
    drained = turn(double, project).drained
    assert drained is not None
    assert not drained.listed
    assert mirrored() == in_asana(double)


def test_a_project_out_of_reach_buries_no_task(double: AsanaDouble) -> None:
    project = followed(double)[0]
    double.state.delete_task(task_named(double, "Task 0.1"))
    double.faults.add("404", path=f"projects/{project.gid}\\?")
    turn(double, project)
    assert not Task.objects.exclude(deleted_at=None).exists()


@pytest.mark.fault(17)
def test_too_many_deleted_at_once_wait_for_a_person(double: AsanaDouble) -> None:
    project = followed(double, tasks=20)[0]
    for number in range(10):
        double.state.delete_task(task_named(double, f"Task 0.{number}"))
    turn(double, project)
    assert not Task.objects.exclude(deleted_at=None).exists()
    sync(double, project.connection)
    assert SyncUnit.objects.get(project=project).state == SyncUnit.State.FROZEN


@pytest.mark.fault(34)
def test_tasks_and_token_are_stored_together_or_not_at_all(
    double: AsanaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that dies at the worst moment: the next one reads the same events again."""
    project = followed(double)[0]
    token = stream_of(project).sync_token
    before = mirrored()
    double.state.change_task(task_named(double, "Task 0.1"), {"name": "Renamed"})
    monkeypatch.setattr(drain_module, "_judge", dies)
    with pytest.raises(MemoryError), transaction.atomic():
        turn(double, project)
    assert (stream_of(project).sync_token, mirrored()) == (token, before)
    monkeypatch.undo()
    turn(double, project)
    assert mirrored() == in_asana(double)


def dies(*arguments: object) -> int:
    raise MemoryError


def test_two_workers_that_drain_at_once_store_it_once(
    double: AsanaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project.objects.select_related("connection").get(pk=followed(double)[0].pk)
    double.state.change_task(task_named(double, "Task 0.1"), {"name": "Renamed"})
    with_means = means(double)
    client = with_means.client(project.connection)
    original = drain_module._ask_for_each

    def overtaken(*arguments: object) -> None:
        original(*arguments)  # type: ignore[arg-type]
        EventStream.objects.filter(project=project).update(sync_token="moved on")

    monkeypatch.setattr(drain_module, "_ask_for_each", overtaken)
    with pytest.raises(DrainedByAnother):
        drain(project, client, with_means)
    assert stream_of(project).sync_token == "moved on"
    assert not Task.objects.filter(name="Renamed").exists()
