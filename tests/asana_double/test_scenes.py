"""Scenes: what people do to promises, and what honest work looks like beside it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.asana_double import AsanaDouble
from tests.asana_double.conftest import Call
from tests.asana_double.records import Task
from tests.asana_double.scenes import DISGUISES, HARD_TEXTS


@pytest.fixture
def task(double: AsanaDouble) -> Task:
    project = double.state.add_project("Acme", ["Now", "Later"])
    return double.state.add_task("Landing page copy", [project.gid], due_on="2026-05-01")


@pytest.fixture
def play(control: Callable[..., Any], task: Task) -> Callable[..., Any]:
    return lambda scene, **words: control("scene", scene=scene, task=task.gid, **words)


def kinds(double: AsanaDouble, task: Task) -> list[str]:
    return [story.resource_subtype for story in double.state.diary.of(task)][1:]


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_twin_takes_the_place_of_the_deleted_task(
    double: AsanaDouble, call: Call, play: Callable[..., Any], task: Task, disguise: str
) -> None:
    project = double.state.project(next(iter(task.homes)))
    section = project.sections[1]
    gid = play("twin", due_on="2026-05-20", disguise=disguise, section=section)["task"]
    new = double.state.task(gid)
    assert call("GET", f"/tasks/{task.gid}").status == 404
    assert (new.due_on, new.homes) == ("2026-05-20", {project.gid: section})
    assert (new.name == task.name) == (disguise == "as it was")


def test_a_weekly_repeat_leaves_the_old_task_done(
    double: AsanaDouble, play: Callable[..., Any], task: Task
) -> None:
    new = double.state.task(play("weekly repeat", due_on="2026-05-08")["task"])
    assert (task.completed_at is None, new.name) == (False, task.name)


def test_a_recurring_task_keeps_its_gid_and_is_due_later(
    double: AsanaDouble, play: Callable[..., Any], task: Task
) -> None:
    ada = double.state.add_user("Ada", "ada@agency.test")
    play("roll over", due_on="2026-05-08", by=ada.gid)
    assert (task.due_on, task.completed_at) == ("2026-05-08", None)
    assert kinds(double, task) == ["marked_complete", "due_date_changed", "marked_incomplete"]
    authors = [story.created_by for story in double.state.diary.of(task)][1:]
    assert authors == [ada.gid, None, None]


def test_asana_itself_moves_a_parent_over_its_subtasks(
    double: AsanaDouble, play: Callable[..., Any], task: Task
) -> None:
    double.state.add_task("Copy", parent=task.gid, due_on="2026-06-01")
    play("roll up")
    assert task.due_on == "2026-06-01"
    assert double.state.diary.of(task)[-1].created_by is None


@pytest.mark.parametrize("at", ["2026-04-30T10:00:00.000Z", "2026-05-02T09:00:00.000Z"])
def test_an_hour_on_the_same_local_day_moves_nothing(
    play: Callable[..., Any], task: Task, at: str
) -> None:
    """West and east of the world the same day has another date in UTC."""
    play("same day", at=at)
    assert (task.due_on, task.due_at) == ("2026-05-01", at)


def test_the_other_tricks_leave_their_traces(
    double: AsanaDouble, play: Callable[..., Any], task: Task
) -> None:
    other = double.state.add_task("Other", list(task.homes))
    play("clear and set", due_on="2026-05-20")
    play("reopen")
    play("merge", into=other.gid)
    assert kinds(double, task) == [
        "due_date_changed",
        "due_date_changed",
        "marked_complete",
        "marked_incomplete",
        "marked_duplicate",
        "marked_complete",
    ]
    play("hide", under=other.gid)
    assert (task.homes, task.parent) == ({}, other.gid)


def test_families_go_five_deep_and_may_close_a_ring(
    double: AsanaDouble, call: Call, play: Callable[..., Any], task: Task
) -> None:
    *_, deepest = play("nest")["tasks"]
    wanted = "memberships.project,parent"
    shown = call("GET", f"/tasks/{deepest}", opt_fields=wanted).data
    assert shown["parent"]
    assert [home["project"]["gid"] for home in shown["memberships"]] == list(task.homes)
    *_, last = play("nest", ring=True)["tasks"]
    assert task.parent == last
    assert len(double.state.family(task)) == 11


def test_a_task_can_stand_in_two_projects_and_under_another_task(
    double: AsanaDouble, call: Call, task: Task
) -> None:
    """What the list of each project shows is one and the same task."""
    beta = double.state.add_project("Beta")
    above = double.state.add_task("Above", [beta.gid])
    double.state.add_to_project(task, beta)
    double.state.set_parent(task, above)
    for project in task.homes:
        listed = call("GET", f"/projects/{project}/tasks", opt_fields="memberships.project").data
        mine = next(one for one in listed if one["gid"] == task.gid)
        assert len(mine["memberships"]) == 2


def test_no_task_can_be_put_under_itself_from_outside(
    double: AsanaDouble, call: Call, task: Task
) -> None:
    below = double.state.add_task("Below", parent=task.gid)
    for parent in (task.gid, below.gid):
        assert call("POST", f"/tasks/{task.gid}/setParent", {"parent": parent}).status == 400


@pytest.mark.parametrize("kind", HARD_TEXTS)
def test_hard_texts_go_out_as_they_are(
    double: AsanaDouble, call: Call, task: Task, kind: str
) -> None:
    text = HARD_TEXTS[kind]
    field = "notes" if kind == "a megabyte" else "name"
    double.state.change_task(task, {field: text})
    assert call("GET", f"/tasks/{task.gid}").data[field] == text


def test_somebody_who_left_is_unknown_but_the_task_stays(
    double: AsanaDouble, call: Call, control: Callable[..., Any], task: Task
) -> None:
    ada = double.state.add_user("Ada", "ada@agency.test")
    double.state.change_task(task, {"assignee": ada.gid})
    control("scene", scene="leave", user=ada.gid)
    assert call("GET", f"/tasks/{task.gid}").data["assignee"] is None
    assert call("GET", f"/users/{ada.gid}").status == 404
