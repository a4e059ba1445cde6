"""A task is called deleted only when Asana, asked for it and for its project, says so."""

import pytest

from tasks.models import Project, SyncRun, SyncUnit, Task
from tests.asana_double import AsanaDouble
from tests.tasks.sync.test_mirror import task_named
from tests.tasks.sync.world import HOUR, connect, fill, in_asana, mirrored, sync

pytestmark = pytest.mark.django_db


def test_a_deleted_task_becomes_a_tombstone(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    sync(double, connection)
    double.state.delete_task(task_named(double, "Task 1.1"))
    double.clock.advance(2 * HOUR)
    sync(double, connection)
    row = Task.objects.get(name="Task 1.1")
    assert row.deleted_at is not None
    assert str(row.first_due_on) == "2026-05-02"
    assert mirrored() == in_asana(double)


def test_what_hangs_under_a_deleted_task_goes_with_it(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    sync(double, connection)
    double.state.delete_task(task_named(double, "Task 1.0"))
    double.clock.advance(2 * HOUR)
    sync(double, connection)
    gone = Task.objects.exclude(deleted_at=None).values_list("name", flat=True)
    assert sorted(gone) == ["Task 1.0", "Task 1.0, below", "Task 1.0, further below"]
    assert mirrored() == in_asana(double)


def test_an_undeleted_task_comes_back_to_life(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    sync(double, connection)
    task = task_named(double, "Task 1.0")
    double.state.delete_task(task)
    double.clock.advance(2 * HOUR)
    sync(double, connection)
    double.state.undelete_task(task)
    double.clock.advance(2 * HOUR)
    sync(double, connection, full=True)
    assert not Task.objects.exclude(deleted_at=None).exists()
    assert mirrored() == in_asana(double)


def test_a_task_taken_out_of_its_only_project_is_not_deleted(double: AsanaDouble) -> None:
    gids = fill(double)
    connection = connect(double)
    sync(double, connection)
    task = task_named(double, "Task 1.1")
    double.state.remove_from_project(task, double.state.project(gids[1]))
    double.clock.advance(2 * HOUR)
    sync(double, connection)
    row = Task.objects.get(gid=task.gid)
    assert (row.deleted_at, row.missing_since, row.memberships.count()) == (None, None, 0)
    assert mirrored() == in_asana(double)


def test_a_task_made_a_subtask_is_not_deleted(double: AsanaDouble) -> None:
    gids = fill(double)
    connection = connect(double)
    sync(double, connection)
    task, parent = task_named(double, "Task 1.1"), task_named(double, "Task 1.2")
    double.state.remove_from_project(task, double.state.project(gids[1]))
    double.state.set_parent(task, parent)
    double.clock.advance(2 * HOUR)
    sync(double, connection)
    assert mirrored() == in_asana(double)
    assert Task.objects.get(gid=task.gid).parent == Task.objects.get(gid=parent.gid)


def test_a_deleted_subtask_is_found_when_its_parent_is_read_again(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    sync(double, connection)
    double.state.delete_task(task_named(double, "Task 1.0, below"))
    double.clock.advance(25 * HOUR)
    sync(double, connection)
    assert mirrored() == in_asana(double)
    assert Task.objects.exclude(deleted_at=None).count() == 2


def test_a_subtask_moved_to_another_parent_is_moved_here(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    sync(double, connection)
    below = task_named(double, "Task 1.0, below")
    double.state.set_parent(below, task_named(double, "Task 2.0"))
    double.clock.advance(25 * HOUR)
    sync(double, connection)
    assert mirrored() == in_asana(double)
    places = Task.objects.get(gid=below.gid).memberships.all()
    assert [place.project.name for place in places] == ["Client 2"]


def test_a_project_out_of_reach_says_nothing_about_its_tasks(double: AsanaDouble) -> None:
    """The token lost its access: tasks and project answer 404 alike."""
    gids = fill(double)
    connection = connect(double)
    sync(double, connection)
    task = task_named(double, "Task 1.1")
    double.state.delete_task(task)
    double.faults.add("404", path=f"projects/{gids[1]}\\?")
    double.clock.advance(2 * HOUR)
    sync(double, connection)
    assert Task.objects.get(gid=task.gid).deleted_at is None


def test_nothing_is_deleted_when_a_listing_did_not_end(double: AsanaDouble) -> None:
    gids = fill(double, projects=2, tasks=150)
    connection = connect(double)
    sync(double, connection)
    double.faults.add("403", path=f"projects/{gids[0]}/tasks.*offset=")
    double.clock.advance(2 * HOUR)
    run = sync(double, connection)
    assert run.state == SyncRun.State.PARTLY
    assert not Task.objects.exclude(deleted_at=None, missing_since=None).exists()


@pytest.mark.parametrize(
    ("there", "gone", "frozen"), [(20, 6, False), (20, 7, True), (200, 51, True)]
)
def test_too_many_at_once_are_not_believed(
    double: AsanaDouble, there: int, gone: int, frozen: bool
) -> None:
    """More than 30 % or 50 tasks of a project: more likely an error than a person's work."""
    fill(double, projects=2, tasks=there)
    connection = connect(double)
    sync(double, connection)
    for number in range(gone):
        double.state.delete_task(task_named(double, f"Task 1.{number}"))
    double.clock.advance(2 * HOUR)
    run = sync(double, connection)
    unit = SyncUnit.objects.get(project__name="Client 1")
    assert (unit.state == SyncUnit.State.FROZEN) == frozen
    assert Task.objects.exclude(deleted_at=None).exists() != frozen
    assert bool(run.problems) == frozen


def test_a_person_can_accept_that_many_were_deleted(double: AsanaDouble) -> None:
    fill(double, projects=2, tasks=20)
    connection = connect(double)
    sync(double, connection)
    for number in range(10):
        double.state.delete_task(task_named(double, f"Task 1.{number}"))
    double.clock.advance(2 * HOUR)
    sync(double, connection)
    SyncUnit.objects.filter(project__name="Client 1").update(deletions_accepted=True)
    run = sync(double, connection)
    assert run.state == SyncRun.State.DONE
    assert mirrored() == in_asana(double)
    assert not SyncUnit.objects.filter(deletions_accepted=True).exists()


def test_frozen_tasks_that_come_back_thaw_by_themselves(double: AsanaDouble) -> None:
    """An outage at Asana showed half of a project; the next listing shows all of it."""
    gids = fill(double, projects=1, tasks=20)
    connection = connect(double)
    sync(double, connection)
    project = double.state.project(gids[0])
    hidden = dict(list(project.ranks.items())[:10])
    for gid in hidden:
        del project.ranks[gid]
    double.clock.advance(2 * HOUR)
    sync(double, connection)
    assert Task.objects.missing().count() == 10
    project.ranks.update(hidden)
    double.clock.advance(2 * HOUR)
    run = sync(double, connection)
    assert run.state == SyncRun.State.DONE
    assert not Task.objects.missing().exists()


def test_a_project_gone_with_its_tasks_leaves_the_tasks_alone(double: AsanaDouble) -> None:
    gids = fill(double)
    connection = connect(double)
    sync(double, connection)
    for task, _ in [(double.state.tasks[g], 0) for g in double.state.project(gids[1]).ranks]:
        double.state.delete_task(task)
    double.state.delete_project(double.state.project(gids[1]))
    double.clock.advance(2 * HOUR)
    sync(double, connection)
    assert Project.objects.get(gid=gids[1]).deleted_at is not None
    assert not Task.objects.exclude(deleted_at=None).exists()
