"""Search: quick, across the workspace, and not to be trusted too far."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.asana_double import AsanaDouble
from tests.asana_double.conftest import Call


@pytest.fixture
def found(double: AsanaDouble, call: Call) -> Callable[..., Any]:
    def found(**query: Any) -> Any:
        answer = call("GET", f"/workspaces/{double.state.workspace.gid}/tasks/search", **query)
        return [task["name"] for task in answer.data] if answer.status == 200 else answer.status

    return found


def test_it_finds_what_changed_since_in_every_project_subtasks_too(
    double: AsanaDouble, found: Callable[..., Any]
) -> None:
    tasks = [
        double.state.add_task(name, [double.state.add_project(name).gid]) for name in ("A", "B")
    ]
    below = double.state.add_task("Below", parent=tasks[0].gid)
    double.clock.advance(60)
    since = double.clock.iso()
    double.clock.advance(1)
    double.state.change_task(tasks[1], {"notes": "x"})
    double.clock.advance(1)
    double.state.change_task(below, {"notes": "x"})
    asked = {"modified_at__after": since, "sort_by": "modified_at", "sort_ascending": "true"}
    assert found(**asked, limit=100) == ["B", "Below"]
    assert found(**asked, is_subtask="false") == ["B"]
    assert found(modified_at__before=since) == ["A"]


def test_deleted_tasks_are_not_found(double: AsanaDouble, found: Callable[..., Any]) -> None:
    task = double.state.add_task("Gone", [double.state.add_project("Acme").gid])
    double.state.delete_task(task)
    assert found() == []


def test_a_hundred_come_and_no_page_follows(
    double: AsanaDouble, call: Call, found: Callable[..., Any]
) -> None:
    project = double.state.add_project("Acme")
    for number in range(130):
        double.state.add_task(str(number), [project.gid])
    assert len(found()) == 100
    path = f"/workspaces/{double.state.workspace.gid}/tasks/search"
    assert set(call("GET", path, limit=10).body) == {"data"}


def test_the_index_lags_behind(
    double: AsanaDouble, control: Callable[..., Any], found: Callable[..., Any]
) -> None:
    double.state.add_task("New", [double.state.add_project("Acme").gid])
    control("search", lag_seconds=60)
    assert found() == []
    double.clock.advance(61)
    assert found() == ["New"]


def test_a_plan_without_search_is_told_to_pay(
    control: Callable[..., Any], found: Callable[..., Any]
) -> None:
    control("search", paid=False)
    assert found() == 402


def test_search_has_a_limit_of_its_own(
    control: Callable[..., Any], call: Call, found: Callable[..., Any]
) -> None:
    control("limit", searches_per_minute=2)
    assert [found() for _ in range(3)] == [[], [], 429]
    assert call("GET", "/workspaces").status == 200


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"text": "pagé"}, ["Pagé"]),
        ({"completed": "true"}, ["Done"]),
        ({"due_on__before": "2026-06-01"}, ["Pagé"]),
        ({"due_on__after": "2026-06-01"}, ["Done"]),
    ],
)
def test_it_searches_by_what_is_asked(
    double: AsanaDouble, found: Callable[..., Any], asked: dict[str, str], names: list[str]
) -> None:
    project = double.state.add_project("Acme")
    double.state.add_task("Pagé", [project.gid], due_on="2026-05-01")
    double.state.add_task("Done", [project.gid], due_on="2026-07-01", completed=True)
    assert found(**asked) == names
    assert found(**asked, projects__any="12") == []
