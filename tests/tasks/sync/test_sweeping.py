"""One search finds what changed in the whole workspace; without search nothing is asked again."""

import pytest

from tasks.models import AsanaConnection, Task
from tasks.sync.sweeping import sweep
from tests.asana_double import AsanaDouble
from tests.tasks.sync.drains import followed
from tests.tasks.sync.test_mirror import task_named
from tests.tasks.sync.world import HOUR, in_asana, means, mirrored

pytestmark = pytest.mark.django_db


def look(double: AsanaDouble) -> int | None:
    connection, ours = AsanaConnection.objects.get(), means(double)
    return sweep(connection, ours.client(connection), ours)


def searches(double: AsanaDouble) -> int:
    return len(double.requests("/tasks/search"))


def test_lost_events_and_subtasks_are_found_by_one_search(double: AsanaDouble) -> None:
    project = followed(double)[0]
    double.clock.advance(HOUR)
    look(double)
    double.state.journal.faults.drop = 1.0
    double.clock.advance(60)
    double.state.change_task(task_named(double, "Task 0.1"), {"due_on": "2026-12-01"})
    double.state.change_task(task_named(double, "Task 1.0, below"), {"completed": True})
    new = double.state.add_task("New", [project.gid])
    double.state.add_task("Below the new one", parent=new.gid)
    before = searches(double)
    assert look(double) == 4
    assert searches(double) == before + 1
    assert mirrored() == in_asana(double)
    assert Task.objects.get(name="Below the new one").memberships.get().project == project
    assert look(double) == 0


def test_more_changes_than_an_answer_holds_are_paged_by_time(double: AsanaDouble) -> None:
    followed(double, projects=2, tasks=150)
    double.clock.advance(HOUR)
    look(double)
    for number in range(150):
        double.state.change_task(task_named(double, f"Task 0.{number}"), {"name": f"N {number}"})
        double.clock.advance(0.02)
    look(double)
    assert mirrored() == in_asana(double)


def test_an_index_that_lags_overwrites_nothing_newer(double: AsanaDouble) -> None:
    followed(double)
    Task.objects.filter(name="Task 0.1").update(name="Newer", modified_at=double.clock.now())
    assert look(double) == 0
    assert Task.objects.filter(name="Newer").exists()


def test_without_search_it_is_tried_once_a_day(double: AsanaDouble) -> None:
    followed(double)
    double.api.search.paid = False
    assert [look(double) for _ in range(3)] == [None] * 3
    assert searches(double) == 1
    assert AsanaConnection.objects.get().may_search is False
    double.clock.advance(25 * HOUR)
    double.api.search.paid = True
    assert look(double) is not None
    assert AsanaConnection.objects.get().may_search is True


def test_what_stands_in_no_project_of_ours_stays_outside(double: AsanaDouble) -> None:
    here, there = followed(double)
    there.left_out = True
    there.save()
    double.clock.advance(HOUR)
    double.state.add_task("Private")
    double.state.add_task("Left out", [there.gid])
    double.state.add_task("Ours", [here.gid])
    look(double)
    names = set(Task.objects.values_list("name", flat=True))
    assert "Ours" in names
    assert names.isdisjoint({"Private", "Left out"})
