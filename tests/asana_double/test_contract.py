"""The double keeps Asana's contract, and the judge of that would notice if it did not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import urllib3

from tasks.asana import fields
from tests.asana_double import AsanaDouble
from tests.asana_double.contract import Contract, delivery_problems
from tests.asana_double.server import TOKEN, Exchange

Ask = Callable[..., Any]


@pytest.fixture
def ask(double: AsanaDouble) -> Ask:
    def ask(method: str, path: str, data: dict[str, Any] | None = None, **query: Any) -> Any:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        url = double.url + path
        if data is None:
            return urllib3.request(method, url, fields=query, headers=headers, retries=False)
        return urllib3.request(method, url, json={"data": data}, headers=headers)

    return ask


@pytest.fixture
def acme(double: AsanaDouble) -> dict[str, str]:
    state = double.state
    user = state.add_user("Ada", "ada@agency.test")
    project = state.add_project("Acme", ["To do", "Done"])
    task = state.add_task("Landing page", [project.gid], assignee=user.gid, due_on="2026-05-01")
    below = state.add_task("Copy", parent=task.gid, resource_subtype="approval")
    below.approval_status = "pending"
    return {
        "user": user.gid,
        "project": project.gid,
        "task": task.gid,
        "subtask": below.gid,
        "workspace": state.workspace.gid,
        "section": project.sections[1],
    }


def test_every_endpoint_answers_as_described(
    double: AsanaDouble, ask: Ask, acme: dict[str, str]
) -> None:
    task, project = ",".join(fields.TASK), ",".join(fields.PROJECT)
    answers = [
        ask("GET", "/users/me"),
        ask("GET", f"/users/{acme['user']}"),
        ask("GET", "/users", workspace=acme["workspace"], opt_fields=",".join(fields.USER)),
        ask("GET", "/workspaces"),
        ask("GET", f"/workspaces/{acme['workspace']}"),
        ask("GET", "/projects", workspace=acme["workspace"], archived="false", limit=1),
        ask("GET", f"/projects/{acme['project']}", opt_fields=project),
        ask("GET", f"/projects/{acme['project']}"),
        ask("GET", f"/projects/{acme['project']}/sections"),
        ask("GET", f"/projects/{acme['project']}/tasks", limit=100, opt_fields=task),
        ask("GET", f"/projects/{acme['project']}/tasks", completed_since="now"),
        ask("GET", "/tasks", project=acme["project"], modified_since="2026-01-01T00:00:00Z"),
        ask("GET", f"/tasks/{acme['task']}"),
        ask("GET", f"/tasks/{acme['subtask']}", opt_fields=task),
        ask("GET", f"/tasks/{acme['task']}/subtasks", opt_fields=task),
    ]
    assert [answer.status for answer in answers] == [200] * len(answers)


def test_everything_a_person_can_change_answers_as_described(
    ask: Ask, acme: dict[str, str]
) -> None:
    task = f"/tasks/{acme['task']}"
    made = ask("POST", "/tasks", {"name": "New", "projects": [acme["project"]]})
    other = ask("POST", "/projects", {"name": "Beta", "workspace": acme["workspace"]}).json()
    gid = other["data"]["gid"]
    answers = [
        ask("PUT", task, {"name": "Renamed", "completed": True, "due_on": None}),
        ask("POST", f"{task}/addProject", {"project": gid}),
        ask("POST", f"{task}/removeProject", {"project": gid}),
        ask("POST", f"{task}/setParent", {"parent": made.json()["data"]["gid"]}),
        ask("DELETE", task),
        ask("PUT", f"/projects/{gid}", {"archived": True}),
        ask("DELETE", f"/projects/{gid}"),
    ]
    created = [
        ask("POST", f"/tasks/{made.json()['data']['gid']}/subtasks", {"name": "Below"}),
        ask("POST", f"/projects/{acme['project']}/sections", {"name": "Later"}),
    ]
    assert made.status == 201
    assert [answer.status for answer in answers] == [200] * len(answers)
    assert [answer.status for answer in created] == [201, 201]


@pytest.mark.parametrize("fault", ["429", "429 without Retry-After", "500", "402", "403", "404"])
def test_every_refusal_answers_as_described(double: AsanaDouble, ask: Ask, fault: str) -> None:
    double.faults.add(fault)
    answer = ask("GET", "/workspaces")
    assert answer.json()["errors"][0]["message"]
    assert answer.headers.get("Retry-After") == ("1" if fault == "429" else None)


def test_a_wrong_token_is_refused(double: AsanaDouble) -> None:
    assert urllib3.request("GET", f"{double.url}/users/me").status == 401


A_GOOD_EXCHANGE = Exchange(
    at="",
    method="GET",
    path="/tasks/12",
    query={"opt_fields": "name"},
    token="",
    body=None,
    status=200,
    answer=b'{"data":{"gid":"12","name":"Landing page","assignee":null}}',
    fault="",
    milliseconds=0,
)


@pytest.mark.parametrize(
    "broken",
    [
        {"answer": b'{"data":{"gid":12}}'},
        {"answer": b'{"data":{"gid":"12","nickname":"Page"}}'},
        {"answer": b'{"data":{"gid":"12","due_on":"soon"}}'},
        {"answer": b'{"data":{"gid":"12","memberships":[{"board":{}}]}}'},
        {"answer": b'{"data":{"gid":"12","completed":null}}'},
        {"answer": b"half a docu"},
        {"status": 418},
        {"path": "/task/12"},
        {"query": {"opt_fields": "name,nickname"}},
        {"query": {"fields": "name"}},
        {"path": "/projects/12/tasks", "query": {"limit": "101"}, "answer": b'{"data":[]}'},
        {"method": "PUT", "body": {"data": {"nickname": "Page"}}},
    ],
)
def test_the_judge_notices_what_breaks_the_contract(broken: dict[str, Any]) -> None:
    contract = Contract()
    contract.judge(A_GOOD_EXCHANGE)
    assert contract.violations == []
    contract.judge(replace(A_GOOD_EXCHANGE, **broken))
    assert contract.violations


@pytest.mark.parametrize(
    ("body", "good"),
    [
        (b'{"events":[]}', True),
        (b'{"events":[{"action":"changed","resource":{"gid":"1"},"user":null}]}', True),
        (b'{"events":[{"deed":"changed"}]}', False),
        (b'{"events":[{"resource":{"gid":1}}]}', False),
        (b'{"data":[]}', False),
    ],
)
def test_the_judge_reads_deliveries_too(body: bytes, good: bool) -> None:
    assert (delivery_problems(body) == []) == good
