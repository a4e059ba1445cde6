"""How much a token may ask, how much at once, and what it may not see."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.asana_double import AsanaDouble
from tests.asana_double.conftest import Answered, Call
from tests.asana_double.server import TOKEN


def together(count: int, ask: Callable[[], Answered]) -> list[Answered]:
    answers: list[Answered] = []
    threads = [threading.Thread(target=lambda: answers.append(ask())) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_more_than_fifty_reads_at_once_are_refused_without_a_word_on_when(
    double: AsanaDouble, call: Call
) -> None:
    double.latency_ms = 600
    answers = together(60, lambda: call("GET", "/workspaces"))
    refused = [answer for answer in answers if answer.status == 429]
    assert len(refused) == 10
    assert {answer.headers.get("Retry-After") for answer in refused} == {None}
    assert double.crowd.most == 60
    double.latency_ms = 0
    assert call("GET", "/workspaces").status == 200


def test_more_than_fifteen_writes_at_once_are_refused(double: AsanaDouble, call: Call) -> None:
    double.latency_ms = 400
    project = double.state.add_project("Acme")
    asked = {"name": "Page", "projects": [project.gid]}
    answers = together(20, lambda: call("POST", "/tasks", asked))
    assert Counter(answer.status for answer in answers) == {201: 15, 429: 5}


def test_refusals_for_the_crowd_count_against_the_minute(
    double: AsanaDouble, call: Call, control: Callable[..., Any]
) -> None:
    control("limit", per_minute=100, reads_at_once=0)
    assert {call("GET", "/workspaces").status for _ in range(100)} == {429}
    control("limit", reads_at_once=50)
    assert call("GET", "/workspaces").headers["Retry-After"]


def test_dear_fields_drain_the_bucket_and_lean_ones_do_not(
    double: AsanaDouble, call: Call, control: Callable[..., Any]
) -> None:
    project = double.state.add_project("Acme")
    for number in range(100):
        double.state.add_task(str(number), [project.gid])
    control("limit", cost_per_minute=500)
    path = f"/projects/{project.gid}/tasks"
    lean = [call("GET", path, limit=100, opt_fields="name").status for _ in range(10)]
    assert lean == [200] * 10
    dear = [call("GET", path, limit=100, opt_fields="followers.name,custom_fields.name")]
    dear += [call("GET", path, limit=100, opt_fields="followers.name") for _ in range(4)]
    assert [one.status for one in dear][:2] == [200, 200]  # charged afterwards: below nothing
    assert dear[-1].status == 429
    double.clock.advance(int(dear[-1].headers["Retry-After"]) + 60)
    assert call("GET", path, limit=100, opt_fields="name").status == 200


def test_one_project_can_be_closed_to_one_token(
    double: AsanaDouble, call: Call, control: Callable[..., Any]
) -> None:
    double.tokens["other"] = None
    closed, open_ = (double.state.add_project(name) for name in ("Closed", "Open"))
    inside = double.state.add_task("Inside", [closed.gid])
    both = double.state.add_task("Both", [closed.gid, open_.gid])
    control("forbid", project=closed.gid, token=TOKEN)
    below = double.state.add_task("Below", parent=inside.gid)
    asked = [f"/projects/{closed.gid}", f"/projects/{closed.gid}/tasks"]
    asked += [f"/tasks/{task.gid}" for task in (inside, below)]
    assert [call("GET", path).status for path in asked] == [403] * 4
    assert [call("GET", path, token="other").status for path in asked] == [200] * 4
    assert call("GET", "/events", resource=closed.gid).status == 403
    assert call("GET", "/tasks", project=closed.gid).status == 403
    assert call("GET", f"/tasks/{both.gid}").status == 200
    control("forbid", clear=True)
    assert call("GET", asked[0]).status == 200


def test_one_endpoint_can_be_closed_as_granular_scopes_do(
    double: AsanaDouble, call: Call, control: Callable[..., Any]
) -> None:
    project = double.state.add_project("Acme")
    control("forbid", endpoint="/sections$")
    assert call("GET", f"/projects/{project.gid}/sections").status == 403
    assert call("GET", f"/projects/{project.gid}").status == 200


@pytest.mark.parametrize("status", [403, 404])
def test_a_private_task_is_neither_listed_nor_shown(
    double: AsanaDouble, call: Call, control: Callable[..., Any], status: int
) -> None:
    project = double.state.add_project("Acme")
    seen, private = (double.state.add_task(name, [project.gid]) for name in ("Seen", "Private"))
    control("forbid", task=private.gid, status=status)
    assert [one["gid"] for one in call("GET", f"/projects/{project.gid}/tasks").data] == [seen.gid]
    assert call("GET", f"/tasks/{private.gid}").status == status


def test_a_request_that_the_description_does_not_allow_is_refused_and_kept(
    double: AsanaDouble, call: Call
) -> None:
    project = double.state.add_project("Acme")
    task = double.state.add_task("Page", [project.gid])
    wrong = [
        call("GET", "/workspaces", colour="red"),
        call("GET", f"/tasks/{task.gid}", opt_fields="name,nickname"),
        call("GET", f"/projects/{project.gid}/tasks", limit=101),
        call("PUT", f"/tasks/{task.gid}", {"nickname": "x"}),
        call("PUT", f"/tasks/{task.gid}", {"due_on": "soon"}),
        call("PUT", f"/tasks/{task.gid}", {"modified_at": "2026-01-01T00:00:00Z"}),
        call("POST", "/webhooks", {"resource": project.gid}),
    ]
    assert [one.status for one in wrong] == [400] * len(wrong)
    assert len(double.invalid) == len(wrong)
    assert task.name == "Page"
    double.invalid.clear()
