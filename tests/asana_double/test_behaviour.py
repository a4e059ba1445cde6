"""What a sync depends on, done by the double as Asana does it."""

from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.asana_double import AsanaDouble, snapshot
from tests.asana_double.load import load
from tests.asana_double.server import TOKEN
from tests.asana_double.state import State


def get(double: AsanaDouble, path: str, **query: Any) -> Any:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    url = double.url + path
    answer = urllib3.request("GET", url, fields=query, headers=headers, retries=False)
    return answer.json() if answer.status == 200 else answer.status


def project_with(double: AsanaDouble, count: int) -> Any:
    project = double.state.add_project("Acme")
    for number in range(count):
        double.state.add_task(f"Task {number}", [project.gid])
    return project


def test_a_list_is_compact_unless_fields_are_asked_for(double: AsanaDouble) -> None:
    project = project_with(double, 1)
    path = f"/projects/{project.gid}/tasks"
    assert set(get(double, path)["data"][0]) == {
        "gid",
        "name",
        "resource_type",
        "resource_subtype",
    }
    assert set(get(double, path, opt_fields="due_on")["data"][0]) == {"gid", "due_on"}


def test_pages_follow_each_other_and_end(double: AsanaDouble) -> None:
    project = project_with(double, 5)
    path, seen, offset = f"/projects/{project.gid}/tasks", [], {}
    while True:
        page = get(double, path, limit=2, **offset)
        seen += [task["name"] for task in page["data"]]
        if page["next_page"] is None:
            break
        offset = {"offset": page["next_page"]["offset"]}
    assert seen == [f"Task {n}" for n in range(5)]


@pytest.mark.parametrize("minutes", [14, 16])
def test_an_offset_lives_fifteen_minutes(double: AsanaDouble, minutes: int) -> None:
    project = project_with(double, 3)
    path = f"/projects/{project.gid}/tasks"
    offset = get(double, path, limit=2)["next_page"]["offset"]
    double.clock.advance(minutes * 60)
    answer = get(double, path, limit=2, offset=offset)
    assert (answer == 400) == (minutes > 15)


def test_a_task_moved_up_between_two_pages_is_skipped(double: AsanaDouble) -> None:
    """The trap that a sync must survive: the token remembers a rank, not a number of rows."""
    project = project_with(double, 4)
    path = f"/projects/{project.gid}/tasks"
    offset = get(double, path, limit=2)["next_page"]["offset"]
    last = max(project.ranks, key=project.ranks.__getitem__)
    double.state.add_to_project(double.state.task(last), project, first=True)
    rest = get(double, path, limit=2, offset=offset)["data"]
    assert [task["name"] for task in rest] == ["Task 2"]


def test_modified_since_sees_own_changes_but_not_moves_and_subtasks(double: AsanaDouble) -> None:
    project = project_with(double, 3)
    other = double.state.add_project("Beta")
    changed, moved, parent = (double.state.task(gid) for gid in list(project.ranks))
    double.clock.advance(60)
    since = double.clock.iso()
    double.clock.advance(60)
    double.state.change_task(changed, {"name": "New"})
    double.state.add_to_project(moved, other)
    double.state.add_task("Below", parent=parent.gid)
    listed = get(double, "/tasks", project=project.gid, modified_since=since)["data"]
    assert [task["name"] for task in listed] == ["New"]


def test_completed_since_leaves_out_what_was_done_before(double: AsanaDouble) -> None:
    project = project_with(double, 2)
    done = double.state.task(next(iter(project.ranks)))
    double.state.change_task(done, {"completed": True})
    double.clock.advance(60)
    path = f"/projects/{project.gid}/tasks"
    assert len(get(double, path, completed_since="now")["data"]) == 1
    assert len(get(double, path, completed_since=double.clock.iso())["data"]) == 1
    assert len(get(double, path, completed_since="2020-01-01T00:00:00Z")["data"]) == 2


def test_a_deleted_task_and_its_subtasks_are_unknown_until_undeleted(double: AsanaDouble) -> None:
    project = project_with(double, 1)
    task = double.state.task(next(iter(project.ranks)))
    below = double.state.add_task("Below", parent=task.gid)
    double.state.delete_task(task)
    path = f"/projects/{project.gid}/tasks"
    assert get(double, path)["data"] == []
    assert (get(double, f"/tasks/{task.gid}"), get(double, f"/tasks/{below.gid}")) == (404, 404)
    double.state.undelete_task(task)
    assert len(get(double, path)["data"]) == 1
    assert get(double, f"/tasks/{below.gid}")["data"]["name"] == "Below"


def test_a_subtask_stands_in_no_project_and_counts_on_its_parent(double: AsanaDouble) -> None:
    project = project_with(double, 1)
    parent = next(iter(project.ranks))
    double.state.add_task("Below", parent=parent)
    wanted = "num_subtasks,memberships.project"
    listed = get(double, f"/projects/{project.gid}/tasks", opt_fields=wanted)["data"]
    below = get(double, f"/tasks/{parent}/subtasks", opt_fields=wanted)["data"]
    assert [task["num_subtasks"] for task in listed] == [1]
    assert [task["memberships"] for task in below] == [[]]


def test_what_was_renamed_is_shown_renamed_inside_tasks(double: AsanaDouble) -> None:
    project = project_with(double, 1)
    path, wanted = f"/projects/{project.gid}/tasks", "memberships.project.name"
    get(double, path, opt_fields=wanted)
    double.state.change_project(project, {"name": "Acme Ltd"})
    task = get(double, path, opt_fields=wanted)["data"][0]
    assert task["memberships"][0]["project"]["name"] == "Acme Ltd"


def test_the_rate_limit_counts_refused_calls_too(double: AsanaDouble) -> None:
    double.limit.per_minute = 3
    assert [get(double, "/workspaces") for _ in range(5)][3:] == [429, 429]
    double.clock.advance(61)
    assert get(double, "/workspaces") != 429
    assert double.limit.refused == 2


def test_a_fault_strikes_where_and_as_often_as_told(double: AsanaDouble) -> None:
    double.faults.add("500", path="/workspaces", nth=2)
    assert [get(double, "/workspaces") == 500 for _ in range(4)] == [False, True, False, False]
    double.state.add_user("Ada", "ada@agency.test")
    assert get(double, "/users/me") != 500


def test_dice_with_the_same_seed_fall_the_same_way() -> None:
    def strikes(seed: int) -> list[bool]:
        with AsanaDouble(seed=seed) as double:
            double.faults.add("503", probability=0.5)
            return [get(double, "/workspaces") == 503 for _ in range(20)]

    assert strikes(7) == strikes(7)
    assert strikes(7) != strikes(8)


def test_the_log_names_every_request_and_its_fault(double: AsanaDouble) -> None:
    double.faults.add("429", path="/workspaces")
    get(double, "/workspaces", limit=1)
    logged = double.log[-1]
    assert (logged.path, logged.query, logged.status, logged.fault) == (
        "/workspaces",
        {"limit": "1"},
        429,
        "429",
    )


A_DOCUMENT = {
    "users": [{"name": "Ada", "email": "ada@agency.test"}],
    "projects": [
        {
            "name": "Acme",
            "sections": ["To do"],
            "tasks": [
                {
                    "name": "Page",
                    "section": "Doing",
                    "assignee": "ada@agency.test",
                    "due_on": "2026-05-01",
                    "created_at": "2026-04-01T08:00:00.000Z",
                    "completed_at": "2026-04-30T08:00:00.000Z",
                    "subtasks": [{"name": "Copy"}],
                }
            ],
        }
    ],
}


def test_much_can_be_loaded_at_once_over_http(double: AsanaDouble) -> None:
    answer = urllib3.request("POST", f"{double.root}/_double/load", json=A_DOCUMENT).json()
    assert answer["tasks"] == 2
    task = get(double, f"/projects/{answer['projects']['Acme']}/tasks", opt_fields="completed")
    assert task["data"][0]["completed"] is True


def test_the_state_survives_in_a_file(tmp_path: Path) -> None:
    before, after = State(), State()
    load(before, A_DOCUMENT)
    snapshot.save(before, tmp_path / "state.json")
    snapshot.restore(after, tmp_path / "state.json")
    assert snapshot.truth(after) == snapshot.truth(before)
    assert after.new_gid() not in before.tasks
