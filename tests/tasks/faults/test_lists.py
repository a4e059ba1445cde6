"""Lists that break off, lead in circles or shift under the reader; things in many places."""

import random
from dataclasses import replace

import pytest

from tasks.models import Membership, Project, SyncRun, SyncUnit, Task
from tasks.sync.asking import ask_for_run
from tasks.sync.run import work_on
from tasks.sync.start import usual_means
from tests.tasks.faults.ground import Ground
from tests.tasks.sync.world import HOUR


@pytest.mark.fault(18)
@pytest.mark.parametrize("kind", ["expired offset", "garbage offset", "next page to itself"])
def test_a_place_in_a_list_that_leads_nowhere_begins_it_anew(ground: Ground, kind: str) -> None:
    ground.fill(2, tasks=250)
    path = "offset=" if kind == "expired offset" else "/projects/.*/tasks"
    ground.fault(kind, path=path, nth=2)
    run = ground.read()
    assert run.state == SyncRun.State.DONE or "itself" in kind
    assert Task.objects.count() >= 250
    assert ground.read().state == SyncRun.State.DONE
    ground.is_right()


@pytest.mark.fault(18)
def test_a_circle_of_pages_ends(ground: Ground) -> None:
    gids = ground.fill(2, tasks=250)
    ground.fault("next page to itself", path=f"/projects/{gids[0]}/tasks")
    assert ground.read().state == SyncRun.State.PARTLY
    assert "circle" in SyncUnit.objects.get(project__gid=gids[0]).reason
    assert ground.asked(f"/projects/{gids[0]}/tasks") < 5
    ground.calm()
    ground.read()
    ground.is_right()


@pytest.mark.fault(19)
@pytest.mark.parametrize("seed", range(3))
def test_a_list_that_shifts_under_the_reader_loses_and_buries_nothing(
    ground: Ground, seed: int
) -> None:
    gids = ground.fill(1, tasks=230)
    ground.read()
    dice = random.Random(seed)
    ranked = list(ground.state.project(gids[0]).ranks)
    first, second, third, gone = dice.sample(ranked, 4)
    top = {"project": gids[0], "insert_after": None}
    for nth, deed in enumerate(
        [
            {"method": "POST", "path": f"/tasks/{first}/addProject", "data": top},
            {"method": "DELETE", "path": f"/tasks/{gone}"},
            {"method": "POST", "path": f"/tasks/{second}/addProject", "data": top},
        ],
        start=1,
    ):
        ground.fault("deed", path="/projects/.*/tasks", nth=nth, deed=deed)
    ground.fault("repeat across pages", path=f"{third}|offset=", nth=5)
    run = ground.reconcile()
    assert (run.state, run.problems) == (SyncRun.State.DONE, [])
    assert set(Task.objects.exclude(deleted_at=None).values_list("gid", flat=True)) <= {gone}
    ground.calm()
    ground.reconcile()
    ground.is_right({("deleted", Task.objects.get(gid=gone).name)})


@pytest.mark.fault(20)
def test_a_task_in_many_places_and_five_deep_is_one_row_each(ground: Ground) -> None:
    gids = ground.fill(3)
    task = ground.task("Task 0.1")
    for gid in gids[1:]:
        ground.act("POST", f"/tasks/{task.gid}/addProject", {"project": gid})
    ground.switch("scene", scene="nest", task=task.gid, depth=5)
    assert ground.read().state == SyncRun.State.DONE
    ground.is_right()
    assert Membership.objects.filter(task__gid=task.gid, inherited=False).count() == 3
    deepest = Task.objects.get(name="Task 0.1, level 5")
    assert {place.project.gid: place.inherited for place in deepest.memberships.all()} == {
        gids[0]: False,
        gids[1]: True,
        gids[2]: True,
    }


@pytest.mark.fault(20)
def test_a_ring_of_parents_ends(ground: Ground) -> None:
    ground.fill(1)
    ground.switch("scene", scene="nest", task=ground.task("Task 0.1").gid, depth=3, ring=True)
    ground.read()
    ground.drain()
    run = ground.reconcile()
    assert run.state == SyncRun.State.DONE
    assert ground.asked("/subtasks") < 60
    assert Task.objects.count() == 5 + 3


@pytest.mark.fault(21)
@pytest.mark.parametrize("how", ["drained", "listed"])
def test_a_task_that_moves_keeps_its_row_and_changes_its_places(ground: Ground, how: str) -> None:
    """Asana leaves modified_at as it was."""
    gids = ground.fill(3)
    ground.read()
    moved, hung = ground.task("Task 0.1"), ground.task("Task 0.2")
    stamps = moved.modified_at, hung.modified_at
    if how == "listed":
        ground.switch("events", drop=1.0)
    ground.act("POST", f"/tasks/{moved.gid}/addProject", {"project": gids[1]})
    ground.act("POST", f"/tasks/{moved.gid}/removeProject", {"project": gids[0]})
    ground.act("POST", f"/tasks/{hung.gid}/setParent", {"parent": ground.task("Task 0.3").gid})
    assert (moved.modified_at, hung.modified_at) == stamps
    if how == "drained":
        ground.drain()
    else:
        ground.read(later=2 * HOUR)
    ground.is_right({("removed", "Task 0.1"), ("subtask", "Task 0.2")})
    assert not Task.objects.exclude(deleted_at=None).exists()


@pytest.mark.fault(22)
def test_a_tombstone_is_taken_back_and_stays_when_it_is_purged(ground: Ground) -> None:
    ground.fill(1, tasks=8)
    ground.read()
    back, gone = ground.task("Task 0.1"), ground.task("Task 0.2")
    row = Task.objects.get(gid=back.gid)
    for task in (back, gone):
        ground.act("DELETE", f"/tasks/{task.gid}")
    ground.drain()
    assert Task.objects.exclude(deleted_at=None).count() == 2
    ground.switch("undelete", task=back.gid)
    ground.drain()
    assert Task.objects.get(gid=back.gid).pk == row.pk
    accused = {("deleted", "Task 0.1"), ("deleted", "Task 0.2")}
    ground.is_right(accused)
    ground.switch("clock", advance_seconds=31 * 24 * HOUR)
    ground.reconcile()
    assert gone.gid not in ground.state.tasks
    assert Task.objects.get(gid=gone.gid).deleted_at is not None
    ground.is_right(accused)


@pytest.mark.fault(33)
@pytest.mark.once
def test_ten_thousand_tasks_are_read_page_by_page(ground: Ground) -> None:
    ground.double.observer = (
        None  # to judge each of them by the contract takes longer than all else
    )
    ground.fill(1, tasks=10_000)
    run = ground.read()
    assert (run.state, Task.objects.count()) == (SyncRun.State.DONE, 10_000)
    assert ground.asked("/tasks") == 100
    ground.is_right()


@pytest.mark.fault(33)
@pytest.mark.once
def test_two_thousand_projects_are_counted_and_then_read_slice_by_slice(ground: Ground) -> None:
    ground.double.observer = None
    ground.fill(20, tasks=1)
    for number in range(1980):
        ground.state.add_project(f"Client {number % 20}, more {number}")
    run = ask_for_run(ground.connection, ground.clock.now())
    means = replace(usual_means(ground.clock.now), slice_seconds=0.5)
    assert work_on(run.pk, means).go_on_in == 0
    assert ground.asked("/projects?") == 20
    assert Project.objects.exclude(client=None).count() == 2000
    for _ in range(2):
        run.refresh_from_db()
        before = run.units_done
        assert work_on(run.pk, means).go_on_in == 0
        run.refresh_from_db()
        assert before < run.units_done < run.units_total == 2000


@pytest.mark.fault(33)
@pytest.mark.parametrize("nth", [1, 3])
def test_what_is_too_large_to_list_is_listed_section_by_section(ground: Ground, nth: int) -> None:
    gid = ground.fill(1, tasks=230)[0]
    ground.read()
    ground.act("DELETE", f"/tasks/{ground.task('Task 0.7').gid}")
    since = len(ground.double.log)
    ground.fault("too large", path=f"/projects/{gid}/tasks", nth=nth)
    assert ground.reconcile().state == SyncRun.State.DONE
    assert ground.asked("'section'", since) == 4
    ground.is_right({("deleted", "Task 0.7")})
