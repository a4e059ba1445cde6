"""Stories: the history of a task, and why it is evidence but no ledger."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.asana_double import AsanaDouble, snapshot
from tests.asana_double.conftest import Call
from tests.asana_double.records import Task
from tests.asana_double.server import TOKEN
from tests.asana_double.state import State

DATES = "old_dates.due_on,new_dates.due_on,new_dates.due_at,resource_subtype,created_by.name,text"


@pytest.fixture
def task(double: AsanaDouble) -> Task:
    project = double.state.add_project("Acme")
    return double.state.add_task("Page", [project.gid], due_on="2026-05-01")


def kinds(call: Call, task: Task) -> list[str]:
    return [story["resource_subtype"] for story in call("GET", f"/tasks/{task.gid}/stories").data]


def test_a_moved_due_date_is_told_with_both_dates_and_its_author(
    double: AsanaDouble, call: Call, task: Task
) -> None:
    ada = double.state.add_user("Ada", "ada@agency.test")
    double.tokens[TOKEN] = ada.gid
    assert call("PUT", f"/tasks/{task.gid}", {"due_on": "2026-05-09"}).status == 200
    *_, story = call("GET", f"/tasks/{task.gid}/stories", opt_fields=DATES).data
    assert story["old_dates"] == {"due_on": "2026-05-01"}
    assert story["new_dates"] == {"due_on": "2026-05-09", "due_at": None}
    assert story["created_by"]["name"] == "Ada"
    assert story["text"] == "Ada changed the due date to 2026-05-09"


def test_every_deed_leaves_its_story(double: AsanaDouble, call: Call, task: Task) -> None:
    state = double.state
    ada = state.add_user("Ada", "ada@agency.test")
    beta = state.add_project("Beta", ["One", "Two"])
    state.change_task(task, {"completed": True})
    state.change_task(task, {"completed": False})
    state.change_task(task, {"name": "Landing page"})
    state.change_task(task, {"assignee": ada.gid})
    state.change_task(task, {"due_on": None})
    state.add_to_project(task, beta)
    state.add_to_project(task, beta, beta.sections[1])
    state.remove_from_project(task, beta)
    call("POST", f"/tasks/{task.gid}/stories", {"text": "Looks good"})
    assert kinds(call, task) == [
        "added_to_project",
        "marked_complete",
        "marked_incomplete",
        "name_changed",
        "assigned",
        "due_date_changed",
        "added_to_project",
        "section_changed",
        "removed_from_project",
        "comment_added",
    ]


def test_every_story_can_be_read_by_itself_and_in_pages(
    double: AsanaDouble, call: Call, task: Task
) -> None:
    for number in range(4):
        double.state.change_task(task, {"name": f"Page {number}"})
    page = call("GET", f"/tasks/{task.gid}/stories", limit=3).body
    rest = call(
        "GET", f"/tasks/{task.gid}/stories", limit=3, offset=page["next_page"]["offset"]
    ).body
    assert [len(page["data"]), len(rest["data"]), rest["next_page"]] == [3, 2, None]
    whole = [call("GET", f"/stories/{story['gid']}").data for story in page["data"]]
    assert whole[1]["old_name"] == "Page"
    assert whole[0]["created_by"] is None


def test_a_copy_names_the_task_it_was_made_from(
    double: AsanaDouble, call: Call, task: Task
) -> None:
    double.state.add_task("Copy", parent=task.gid)
    wanted = {"name": "Page (2)", "include": "subtasks,dates,projects"}
    job = call("POST", f"/tasks/{task.gid}/duplicate", wanted)
    copy = double.state.task(job.data["new_task"]["gid"])
    assert (job.status, job.data["status"]) == (201, "in_progress")
    assert call("GET", f"/jobs/{job.data['gid']}").data["status"] == "succeeded"
    assert (copy.due_on, len(copy.subtasks), copy.homes) == ("2026-05-01", 1, task.homes)
    stories = call("GET", f"/tasks/{copy.gid}/stories", opt_fields="duplicated_from.name").data
    assert {"gid": task.gid, "name": "Page"} in [one.get("duplicated_from") for one in stories]


def test_a_story_may_never_be_written(
    double: AsanaDouble, call: Call, control: Callable[..., Any], task: Task
) -> None:
    control("stories", lose=1)
    double.state.change_task(task, {"due_on": "2026-06-01"})
    assert kinds(call, task) == ["added_to_project"]


def test_a_story_may_come_late(
    double: AsanaDouble, call: Call, control: Callable[..., Any], task: Task
) -> None:
    double.clock.advance(600)
    control("stories", late_seconds=300)
    double.state.change_task(task, {"due_on": "2026-06-01"})
    assert kinds(call, task) == ["added_to_project"]
    double.clock.advance(301)
    assert kinds(call, task) == ["added_to_project", "due_date_changed"]


def test_a_person_may_delete_their_own_stories_only(
    double: AsanaDouble, call: Call, task: Task
) -> None:
    ada, bob = (double.state.add_user(name, f"{name}@agency.test") for name in ("ada", "bob"))
    double.tokens[TOKEN] = ada.gid
    call("PUT", f"/tasks/{task.gid}", {"due_on": "2026-06-01"})
    *_, story = call("GET", f"/tasks/{task.gid}/stories").data
    double.tokens[TOKEN] = bob.gid
    assert call("DELETE", f"/stories/{story['gid']}").status == 403
    double.tokens[TOKEN] = ada.gid
    assert call("DELETE", f"/stories/{story['gid']}").status == 200
    assert kinds(call, task) == ["added_to_project"]


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Fälligkeitsdatum"), ("ja", "期日"), ("en", "due date")]
)
def test_the_text_depends_on_who_reads_it(
    double: AsanaDouble,
    call: Call,
    control: Callable[..., Any],
    task: Task,
    language: str,
    words: str,
) -> None:
    control("stories", languages={TOKEN: language})
    double.state.change_task(task, {"due_on": "2026-06-01"})
    *_, story = call("GET", f"/tasks/{task.gid}/stories").data
    assert words in story["text"]


def test_nothing_is_told_of_what_was_loaded_at_once(double: AsanaDouble) -> None:
    entry = {"name": "Acme", "tasks": [{"name": "Page", "completed_at": "2026-01-01T00:00:00Z"}]}
    double.control.post_load({"projects": [entry]}, {})
    assert double.state.diary.stories == {}


def test_stories_survive_in_the_file(double: AsanaDouble, task: Task, tmp_path: Any) -> None:
    double.state.change_task(task, {"due_on": "2026-06-01"})
    snapshot.save(double.state, tmp_path / "state.json")
    after = State()
    snapshot.restore(after, tmp_path / "state.json")
    kept = [story.resource_subtype for story in after.diary.of(after.tasks[task.gid])]
    assert kept == ["added_to_project", "due_date_changed"]


@pytest.mark.parametrize(
    ("change", "status", "completed"),
    [
        ({"approval_status": "approved"}, "approved", True),
        ({"approval_status": "rejected"}, "rejected", True),
        ({"approval_status": "pending"}, "pending", False),
        ({"completed": True}, "approved", True),
    ],
)
def test_an_approval_and_its_completion_keep_step_and_name_who_did_it(
    double: AsanaDouble,
    call: Call,
    task: Task,
    change: dict[str, Any],
    status: str,
    completed: bool,
) -> None:
    ada = double.state.add_user("Ada", "ada@agency.test")
    task.resource_subtype, task.approval_status = "approval", "pending"
    double.tokens[TOKEN] = ada.gid
    call("PUT", f"/tasks/{task.gid}", change)
    wanted = "approval_status,completed,completed_by.name"
    shown = call("GET", f"/tasks/{task.gid}", opt_fields=wanted).data
    assert (shown["approval_status"], shown["completed"]) == (status, completed)
    assert (shown["completed_by"] or {}).get("name") == ("Ada" if completed else None)
