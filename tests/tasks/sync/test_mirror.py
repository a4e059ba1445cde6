"""After a sync our tables hold what Asana holds; after a second one nothing was written."""

from typing import Any

import pytest

from tasks.models import AsanaUser, Membership, Project, Section, SyncRun, SyncUnit, Task
from tests.asana_double import AsanaDouble
from tests.tasks.sync.world import HOUR, connect, fill, in_asana, mirrored, sync

pytestmark = pytest.mark.django_db


def task_named(double: AsanaDouble, name: str) -> Any:
    return next(task for task in double.state.tasks.values() if task.name == name)


def test_the_first_sync_stores_everything(double: AsanaDouble) -> None:
    fill(double)
    run = sync(double, connect(double))
    assert (run.state, run.problems, run.reason) == (SyncRun.State.DONE, [], "")
    assert mirrored() == in_asana(double)
    assert len(mirrored()) == 21
    assert set(AsanaUser.objects.values_list("name", flat=True)) == {
        f"Person {n}" for n in range(3)
    }
    assert Section.objects.filter(name="To do").count() == 3


def test_a_second_sync_writes_nothing(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    sync(double, connection)
    before = list(Task.objects.order_by("pk").values())
    places = list(Membership.objects.order_by("pk").values())
    for full in (False, True):
        run = sync(double, connection, full=full)
        assert (run.state, run.tasks_written) == (SyncRun.State.DONE, 0)
    ignored = {"subtasks_read_at"}
    after = list(Task.objects.order_by("pk").values())
    assert [{k: v for k, v in row.items() if k not in ignored} for row in after] == [
        {k: v for k, v in row.items() if k not in ignored} for row in before
    ]
    assert list(Membership.objects.order_by("pk").values()) == places


def test_requests_are_as_few_as_can_be(double: AsanaDouble) -> None:
    """A token and two pages of two hundred tasks; then one request a project tells what changed."""
    state = double.state
    for number in range(4):
        project = state.add_project(f"Client {number}")
        for place in range(200):
            state.add_task(f"Task {place}", [project.gid])
    connection = connect(double)
    double.clock.advance(HOUR)
    assert sync(double, connection).requests == 2 + 4 * 3
    assert sync(double, connection).requests == 2 + 4


def test_changes_are_found_without_listing_everything(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    sync(double, connection)
    double.clock.advance(HOUR / 2)
    double.log.clear()
    double.state.change_task(task_named(double, "Task 1.2"), {"name": "Renamed", "completed": True})
    run = sync(double, connection)
    assert run.tasks_written == 1
    assert mirrored() == in_asana(double)
    assert all("modified_since" in one.query for one in double.log if one.path == "/tasks")


def test_a_task_in_two_projects_is_one_row_with_two_places(double: AsanaDouble) -> None:
    gids = fill(double)
    task = task_named(double, "Task 0.1")
    double.state.add_to_project(task, double.state.project(gids[1]))
    connection = connect(double)
    sync(double, connection)
    row = Task.objects.get(gid=task.gid)
    assert {place.project.gid for place in row.memberships.all()} == set(gids[:2])
    assert mirrored() == in_asana(double)


def test_subtasks_stand_where_their_parent_stands(double: AsanaDouble) -> None:
    fill(double, projects=1)
    sync(double, connect(double))
    below = Task.objects.get(name="Task 0.0, further below")
    assert below.parent
    assert below.parent.parent
    place = below.memberships.get()
    assert (place.project.name, place.inherited, place.section) == ("Client 0", True, None)


def test_a_subtask_that_stands_in_a_project_of_its_own_keeps_both(double: AsanaDouble) -> None:
    gids = fill(double, projects=2)
    below = task_named(double, "Task 0.0, below")
    double.state.add_to_project(below, double.state.project(gids[1]))
    sync(double, connect(double))
    places = Task.objects.get(gid=below.gid).memberships.order_by("project__name")
    assert [(place.project.name, place.inherited) for place in places] == [
        ("Client 0", True),
        ("Client 1", False),
    ]
    assert mirrored() == in_asana(double)


def test_a_moved_parent_takes_its_subtasks_along(double: AsanaDouble) -> None:
    """Moving leaves modified_at as it was: only a new listing shows it."""
    gids = fill(double, projects=2)
    connection = connect(double)
    sync(double, connection)
    parent, state = task_named(double, "Task 0.0"), double.state
    state.add_to_project(parent, state.project(gids[1]))
    state.remove_from_project(parent, state.project(gids[0]))
    double.clock.advance(2 * HOUR)
    sync(double, connection)
    assert mirrored() == in_asana(double)
    for below in Task.objects.filter(name__endswith="below", name__startswith="Task 0.0"):
        assert [place.project.gid for place in below.memberships.all()] == [gids[1]]
    assert not Task.objects.exclude(deleted_at=None).exists()


def test_a_ring_of_parents_ends(double: AsanaDouble) -> None:
    fill(double, projects=1)
    one, two = task_named(double, "Task 0.0, below"), task_named(double, "Task 0.0, further below")
    one.parent, two.subtasks = two.gid, [one.gid]
    double.state.tasks[task_named(double, "Task 0.0").gid].subtasks = [one.gid]
    run = sync(double, connect(double))
    assert run.state == SyncRun.State.DONE
    assert Task.objects.count() == 7


def test_only_parents_with_subtasks_are_asked_for_them(double: AsanaDouble) -> None:
    fill(double)
    sync(double, connect(double))
    assert len(double.requests("/subtasks")) == 3 * 2


def test_a_new_due_date_does_not_touch_the_first_one(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    sync(double, connection)
    task = task_named(double, "Task 0.1")
    double.state.change_task(task, {"due_on": "2026-09-30"})
    sync(double, connection)
    row = Task.objects.get(gid=task.gid)
    assert (str(row.due_on), str(row.first_due_on)) == ("2026-09-30", "2026-05-02")
    double.state.change_task(task, {"due_on": None})
    sync(double, connection)
    row.refresh_from_db()
    assert (row.due_on, str(row.first_due_on)) == (None, "2026-05-02")


def test_the_first_due_date_is_the_first_one_ever_seen(double: AsanaDouble) -> None:
    project = double.state.add_project("Acme")
    task = double.state.add_task("Page", [project.gid])
    connection = connect(double)
    sync(double, connection)
    assert Task.objects.get().first_due_on is None
    double.state.change_task(task, {"due_at": "2026-07-01T10:00:00.000Z"})
    sync(double, connection)
    row = Task.objects.get()
    assert (str(row.first_due_on), row.first_due_at) == ("2026-07-01", row.due_at)


def test_strange_names_are_stored_as_people_see_them(double: AsanaDouble) -> None:
    project = double.state.add_project("P\x00roject \U0001f680", ["S\x00ection"])
    names = [
        "N\x00ul",
        "",
        "שלום \u202e",
        "\U0001f469\u200d\U0001f680",
        "R\u00a0d",
        "x" * 1_000_000,
    ]
    tasks = [double.state.add_task(name, [project.gid]).gid for name in names]
    sync(double, connect(double))
    stored = dict(Task.objects.values_list("gid", "name"))
    assert [stored[gid] for gid in tasks[:5]] == ["Nul", *names[1:5]]
    assert len(stored[tasks[5]]) == 1024
    assert Project.objects.get().name == "Project \U0001f680"
    assert Section.objects.get().name == "Section"


def test_a_task_of_somebody_who_left_keeps_their_name(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    sync(double, connection)
    gone = AsanaUser.objects.get(name="Person 1")
    double.state.users.pop(gone.gid)
    sync(double, connection)
    gone.refresh_from_db()
    assert gone.deleted_at is not None
    assert gone.tasks.exists()


def test_a_renamed_section_is_renamed_here(double: AsanaDouble) -> None:
    gids = fill(double, projects=1)
    connection = connect(double)
    sync(double, connection)
    section = double.state.sections[double.state.project(gids[0]).sections[0]]
    section.name = "This week"
    double.state.names_version += 1
    double.state.change_task(task_named(double, "Task 0.1"), {"name": "Seen again"})
    sync(double, connection)
    assert Section.objects.get(gid=section.gid).name == "This week"


def test_a_project_that_is_left_out_is_not_read(double: AsanaDouble) -> None:
    gids = fill(double)
    connection = connect(double)
    sync(double, connection)
    Project.objects.filter(gid=gids[0]).update(left_out=True)
    double.log.clear()
    sync(double, connection)
    assert not [one for one in double.log if one.query.get("project") == gids[0]]


def test_an_archived_project_is_read_once(double: AsanaDouble) -> None:
    gids = fill(double)
    double.state.change_project(double.state.project(gids[0]), {"archived": True})
    connection = connect(double)
    sync(double, connection)
    assert Project.objects.get(gid=gids[0]).archived
    assert Task.objects.filter(name="Task 0.1").exists()
    double.clock.advance(2 * HOUR)
    double.log.clear()
    sync(double, connection)
    assert not double.requests(gids[0])


def test_a_deleted_project_is_marked_and_its_tasks_are_left_alone(double: AsanaDouble) -> None:
    gids = fill(double)
    connection = connect(double)
    sync(double, connection)
    double.state.delete_project(double.state.project(gids[0]))
    double.clock.advance(2 * HOUR)
    run = sync(double, connection)
    assert run.state == SyncRun.State.DONE
    assert Project.objects.get(gid=gids[0]).deleted_at is not None
    assert Task.objects.filter(name__startswith="Task 0", deleted_at=None).count() == 7


def test_each_project_knows_how_old_it_is(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    run = sync(double, connection)
    connection.refresh_from_db()
    assert connection.read_at == run.started_at
    assert set(SyncUnit.objects.values_list("state", "read_at")) == {("done", run.started_at)}


def test_runs_are_forgotten_after_a_month(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    old = sync(double, connection)
    double.clock.advance(24 * 31 * HOUR)
    recent = sync(double, connection)
    assert list(SyncRun.objects.all()) == [recent]
    assert not SyncRun.objects.filter(pk=old.pk).exists()
