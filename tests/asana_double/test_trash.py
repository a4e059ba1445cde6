"""The trash: thirty days under the same gid, then gone for ever."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.asana_double import AsanaDouble
from tests.asana_double.conftest import Call


@pytest.mark.parametrize("days", [29, 31])
def test_a_task_comes_back_for_thirty_days(
    double: AsanaDouble, call: Call, control: Callable[..., Any], days: int
) -> None:
    project = double.state.add_project("Acme")
    task = double.state.add_task("Page", [project.gid])
    below = double.state.add_task("Copy", parent=task.gid)
    assert call("DELETE", f"/tasks/{task.gid}").status == 200
    control("clock", advance_seconds=days * 86400)
    control("undelete", task=task.gid)
    status = 200 if days < 30 else 404
    assert call("GET", f"/tasks/{task.gid}").status == status
    assert call("GET", f"/tasks/{below.gid}").status == status
    assert (task.gid in double.state.tasks) == (days < 30)
    assert call("GET", f"/projects/{project.gid}/tasks").status == 200
