"""Who moved a due date, and when, by the fields of Asana's stories; their words are not read."""

from collections.abc import Mapping

import pytest

from tasks.asana.errors import AsanaUnavailable
from tasks.ledger.excuses import Evidence
from tasks.models import Finding, PromiseEvent, Task
from tasks.sync.witness import StoryWitness
from tests.asana_double import AsanaDouble
from tests.asana_double.records import Task as TaskInAsana
from tests.factories.clients import ClientFactory
from tests.tasks.asana.clients import client_of
from tests.tasks.sync.drains import followed, turn

pytestmark = pytest.mark.django_db


def planned(double: AsanaDouble) -> TaskInAsana:
    project = double.state.add_project("Acme")
    return double.state.add_task("Report", [project.gid], due_on="2026-05-04")


def told(double: AsanaDouble, task: TaskInAsana) -> Evidence | None:
    said: Mapping[str, Evidence] = StoryWitness(client_of(double))([task.gid])
    return said.get(task.gid)


@pytest.mark.parametrize("language", ["en", "de", "ja"])
def test_who_moved_it_and_when_in_any_language(double: AsanaDouble, language: str) -> None:
    double.state.diary.faults.language = language
    ada = double.state.add_user("Ada", "ada@agency.test")
    task = planned(double)
    with double.state.acting(ada.gid):
        double.state.change_task(task, {"due_on": "2026-05-11"})
    seen = told(double, task)
    assert seen is not None
    assert (seen.actor_gid, seen.actor_name) == (ada.gid, "Ada")
    assert (seen.by_system, seen.rolled_over) == (False, False)
    assert seen.happened_at is not None
    assert abs((double.clock.now() - seen.happened_at).total_seconds()) < 60
    assert len(seen.stories) == 1


def test_a_story_without_an_author_is_the_system(double: AsanaDouble) -> None:
    task = planned(double)
    with double.state.acting(None):
        double.state.change_task(task, {"due_on": "2026-05-11"})
    seen = told(double, task)
    assert seen is not None
    assert seen.by_system


def test_a_task_that_repeats_rolled_over(double: AsanaDouble) -> None:
    ada = double.state.add_user("Ada", "ada@agency.test")
    task = planned(double)
    with double.state.acting(ada.gid):
        double.state.change_task(task, {"completed": True})
    with double.state.acting(None):
        double.state.change_task(task, {"completed": False, "due_on": "2026-05-11"})
    seen = told(double, task)
    assert seen is not None
    assert seen.rolled_over
    assert seen.finished_at is not None
    assert len(seen.stories) == 2


@pytest.mark.parametrize("seconds", [3, 14, 50])
def test_ticked_opened_and_moved_by_hand_is_none_either(double: AsanaDouble, seconds: int) -> None:
    task = planned(double)
    double.state.change_task(task, {"completed": True})
    double.clock.advance(seconds)
    double.state.change_task(task, {"completed": False, "due_on": "2026-05-11"})
    seen = told(double, task)
    assert seen is not None
    assert not seen.rolled_over


def test_nor_is_a_tick_beside_a_move_without_being_opened_again(double: AsanaDouble) -> None:
    task = planned(double)
    double.state.change_task(task, {"completed": True})
    double.state.change_task(task, {"due_on": "2026-05-11"})
    seen = told(double, task)
    assert seen is not None
    assert not seen.rolled_over


def test_ticked_long_before_it_was_moved_is_no_roll_over(double: AsanaDouble) -> None:
    task = planned(double)
    double.state.change_task(task, {"completed": True})
    double.clock.advance(3600)
    double.state.change_task(task, {"completed": False, "due_on": "2026-05-11"})
    seen = told(double, task)
    assert seen is not None
    assert not seen.rolled_over


def test_without_a_story_nothing_is_said(double: AsanaDouble) -> None:
    double.state.diary.faults.lose = 1.0
    task = planned(double)
    double.state.change_task(task, {"due_on": "2026-05-11"})
    assert told(double, task) is None
    double.faults.add("403", path="/stories")
    assert told(double, task) is None


def test_when_asana_is_away_nobody_is_accused(double: AsanaDouble) -> None:
    task = planned(double)
    double.faults.add("500", path="/stories")
    with pytest.raises(AsanaUnavailable):
        told(double, task)


def test_a_drain_brings_the_ledger_who_moved_it(double: AsanaDouble) -> None:
    project = followed(double)[0]
    project.client = ClientFactory()
    project.save()
    ada = double.state.add_user("Ada", "ada@agency.test")
    row = Task.objects.filter(name__startswith="Task 0.", completed_at=None).exclude(due_on=None)[0]
    task = double.state.tasks[row.gid]
    double.state.change_task(task, {"name": "So that the ledger promises it"})
    turn(double, project)
    with double.state.acting(ada.gid):
        double.state.change_task(task, {"due_on": "2026-12-24"})
    turn(double, project)
    event = PromiseEvent.objects.get(kind=PromiseEvent.Kind.MOVED)
    assert event.actor_name == "Ada"
    assert event.known_by == "story"
    assert Finding.objects.get().promise == event.promise
