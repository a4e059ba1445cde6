"""Each way in which an answer, a page or a connection can go wrong."""

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import urllib3

from tests.asana_double import AsanaDouble
from tests.asana_double.conftest import Call
from tests.asana_double.faults import KINDS
from tests.asana_double.records import Project
from tests.asana_double.server import TOKEN


@pytest.fixture
def acme(double: AsanaDouble) -> Project:
    project = double.state.add_project("Acme")
    for number in range(6):
        double.state.add_task(f"Task {number}", [project.gid])
    return project


def pages(call: Call, project: Project, most: int = 10) -> Iterator[list[str]]:
    """The names on each page, until the list ends or breaks."""
    more: dict[str, str] = {}
    for _ in range(most):
        answer = call("GET", f"/projects/{project.gid}/tasks", limit=2, **more)
        if answer.status != 200:
            yield [str(answer.status)]
            return
        yield [task["name"] for task in answer.data]
        if answer.body["next_page"] is None:
            return
        more = {"offset": answer.body["next_page"]["offset"]}


def test_the_last_task_of_a_page_may_come_again_on_the_next(
    double: AsanaDouble, call: Call, acme: Project
) -> None:
    double.faults.add("repeat across pages", nth=2)
    names = [name for page in pages(call, acme) for name in page]
    assert names == ["Task 0", "Task 1", "Task 1", "Task 2", "Task 3", "Task 4", "Task 5"]


@pytest.mark.parametrize("nth", [1, 2])
def test_a_page_may_lead_to_itself(
    double: AsanaDouble, call: Call, acme: Project, nth: int
) -> None:
    for number in range(nth, 10):
        double.faults.add("next page to itself", nth=number)
    read = list(pages(call, acme, most=6))
    assert len(read) == 6
    assert read[-1] == read[-2] == [f"Task {2 * nth - 2}", f"Task {2 * nth - 1}"]


def test_a_page_may_lead_to_an_offset_that_nobody_can_read(
    double: AsanaDouble, call: Call, acme: Project
) -> None:
    double.faults.add("garbage offset", nth=2)
    assert list(pages(call, acme))[2] == ["400"]


def test_the_last_page_may_be_too_large(double: AsanaDouble, call: Call, acme: Project) -> None:
    double.faults.add("too large", nth=3)
    assert list(pages(call, acme))[2] == ["400"]


def deed(method: str, path: str, **data: Any) -> dict[str, Any]:
    return {"method": method, "path": path, "data": data}


def test_somebody_may_delete_move_and_add_tasks_between_two_pages(
    double: AsanaDouble, call: Call, acme: Project
) -> None:
    third = list(acme.ranks)[2]
    double.faults.add("deed", nth=1, deed=deed("DELETE", f"/tasks/{third}"))
    new = deed("POST", "/tasks", name="New", projects=[acme.gid])
    double.faults.add("deed", nth=2, deed=new)
    names = [name for page in pages(call, acme) for name in page]
    assert names == ["Task 0", "Task 1", "Task 3", "Task 4", "Task 5", "New"]


def test_a_project_may_vanish_in_the_middle_of_its_list(
    double: AsanaDouble, call: Call, acme: Project
) -> None:
    double.faults.add("deed", nth=2, deed=deed("DELETE", f"/projects/{acme.gid}"))
    assert list(pages(call, acme))[2] == ["404"]


def test_a_task_may_vanish_between_its_event_and_its_reading(
    double: AsanaDouble, call: Call, acme: Project
) -> None:
    sync = call("GET", "/events", resource=acme.gid).body["sync"]
    task = double.state.task(next(iter(acme.ranks)))
    double.state.change_task(task, {"name": "New"})
    double.faults.add("deed", path="/events", deed=deed("DELETE", f"/tasks/{task.gid}"))
    heard = call("GET", "/events", resource=acme.gid, sync=sync).data
    assert heard[0]["resource"]["gid"] == task.gid
    assert call("GET", f"/tasks/{task.gid}").status == 404


FUZZED = "resource_subtype,assignee.name,num_subtasks,due_on,name"


@pytest.mark.parametrize(
    ("what", "true"),
    [
        ("unknown enum", lambda task: task["resource_subtype"] == "quantum_default_task"),
        ("new field", lambda task: "zodiac_sign" in task),
        ("absent", lambda task: len(task) == 5),
        ("null assignee", lambda task: task["assignee"] is None),
        ("number as string", lambda task: task["num_subtasks"] == "0"),
        ("half surrogate", lambda task: task["name"].endswith("\ud83d")),
    ],
)
def test_values_may_be_strange(
    double: AsanaDouble, call: Call, what: str, true: Callable[[Any], bool]
) -> None:
    ada = double.state.add_user("Ada", "ada@agency.test")
    project = double.state.add_project("Acme")
    double.state.add_task("Page", [project.gid], assignee=ada.gid)
    double.faults.add("fuzz", what=what)
    (task,) = call("GET", f"/projects/{project.gid}/tasks", opt_fields=FUZZED).data
    assert true(task)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_fault_strikes_and_is_noted(
    double: AsanaDouble, call: Call, acme: Project, kind: str
) -> None:
    act = deed("POST", "/tasks", name="New", projects=[acme.gid])
    double.faults.add(kind, seconds=0.001, deed=act, times=1)
    with contextlib.suppress(urllib3.exceptions.HTTPError, ValueError):
        call("GET", f"/projects/{acme.gid}/tasks", limit=2)
    assert double.log[-1].fault == kind
    assert call("GET", f"/projects/{acme.gid}/tasks", limit=2).status == 200


@pytest.mark.parametrize("kind", ["451", "503", "html", "list", "null"])
def test_refusals_and_nonsense_come_as_named(double: AsanaDouble, kind: str) -> None:
    double.faults.add(kind)
    url, headers = f"{double.url}/workspaces", {"Authorization": f"Bearer {TOKEN}"}
    answer = urllib3.request("GET", url, headers=headers, retries=False)
    whole = {"null": b"null", "list": b"[]"}
    assert answer.status == (200 if kind in whole else 502 if kind == "html" else int(kind))
    assert kind not in whole or answer.data == whole[kind]


@pytest.mark.parametrize("kind", ["done, then 504", "reset", "short body"])
def test_a_write_may_happen_although_its_answer_is_lost(
    double: AsanaDouble, call: Call, acme: Project, kind: str
) -> None:
    double.faults.add(kind, method="POST", times=1)
    asked = {"name": "Goal", "projects": [acme.gid]}
    try:
        assert call("POST", "/tasks", asked).status == 504
    except urllib3.exceptions.HTTPError:
        assert kind != "done, then 504"
    assert [task.name for task in double.state.tasks.values()].count("Goal") == 1


def test_a_fault_can_be_for_one_token_one_path_and_one_call(
    double: AsanaDouble, call: Call, acme: Project
) -> None:
    double.tokens["other"] = None
    double.faults.add("503", token="other", path="/projects/[0-9]+/tasks", nth=2)
    asked = [("other", ""), (TOKEN, "/tasks"), ("other", "/tasks"), ("other", "/tasks")]
    path = f"/projects/{acme.gid}"
    statuses = [call("GET", path + more, token=token).status for token, more in asked]
    assert statuses == [200, 200, 200, 503]


def test_an_answer_may_come_byte_by_byte(double: AsanaDouble) -> None:
    double.faults.add("trickle", seconds=0.2)
    host, port = double.root.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        asked = f"GET /api/1.0/workspaces HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n"
        line.sendall(f"{asked}\r\n".encode())
        began, got = time.monotonic(), b""
        while time.monotonic() - began < 1:
            got += line.recv(100)
    assert 3 <= len(got) <= 7
    assert b"HTTP/1.1".startswith(got)


def test_nobody_may_listen_for_a_while(
    double: AsanaDouble, call: Call, control: Callable[..., Any]
) -> None:
    control("listener", off_seconds=0.5)
    time.sleep(0.3)
    with pytest.raises(urllib3.exceptions.HTTPError):
        call("GET", "/workspaces")
    time.sleep(0.8)
    assert call("GET", "/workspaces").status == 200


def test_asanas_clocks_may_be_wrong_each_in_its_way(
    double: AsanaDouble, call: Call, control: Callable[..., Any], acme: Project
) -> None:
    control("clock", stamp_skew_seconds=600, date_skew_seconds=-600)
    answer = call("POST", "/tasks", {"name": "Page", "projects": [acme.gid]})
    created = datetime.fromisoformat(answer.data["created_at"])
    date = parsedate_to_datetime(answer.headers["Date"])
    assert 595 < (created - datetime.now(UTC)).total_seconds() < 605
    assert -605 < (date - datetime.now(UTC)).total_seconds() < -595


def test_many_changes_may_share_one_millisecond_on_a_leap_day(
    double: AsanaDouble, control: Callable[..., Any], acme: Project
) -> None:
    control("clock", freeze=True)
    control("clock", set="2028-02-29T23:59:59.999Z")
    tasks = [double.state.add_task(str(n), [acme.gid]) for n in range(5)]
    time.sleep(0.01)
    tasks.append(double.state.add_task("5", [acme.gid]))
    assert {task.modified_at for task in tasks} == {"2028-02-29T23:59:59.999Z"}


def test_ten_thousand_tasks_are_paged_quickly(double: AsanaDouble, call: Call) -> None:
    names = [{"name": f"Task {number}"} for number in range(10_000)]
    double.control.post_load({"projects": [{"name": "Huge", "tasks": names}]}, {})
    project = next(iter(double.state.projects.values()))
    assert call("GET", f"/projects/{project.gid}/tasks").status == 400  # too large in one piece
    began, seen, more = time.monotonic(), set(), {}
    while True:
        page = call("GET", f"/projects/{project.gid}/tasks", limit=100, **more).body
        seen |= {task["gid"] for task in page["data"]}
        if page["next_page"] is None:
            break
        more = {"offset": page["next_page"]["offset"]}
    assert len(seen) == 10_000
    assert time.monotonic() - began < 10
    print(f"10,000 tasks in {time.monotonic() - began:.2f} s")
