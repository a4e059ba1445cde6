"""Events: what changed since a token, and all the ways in which that may go wrong."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.asana_double import AsanaDouble
from tests.asana_double.conftest import Call
from tests.asana_double.records import Project, Task


@pytest.fixture
def acme(double: AsanaDouble) -> Project:
    return double.state.add_project("Acme", ["To do", "Done"])


@pytest.fixture
def token(call: Call, acme: Project) -> str:
    refused = call("GET", "/events", resource=acme.gid)
    assert refused.status == 412
    return str(refused.body["sync"])


def drained(call: Call, resource: str, sync: str) -> list[Any]:
    """Every event after a token, page after page."""
    found: list[Any] = []
    for _ in range(200):
        page = call("GET", "/events", resource=resource, sync=sync).body
        found += page["data"]
        sync = page["sync"]
        if not page["has_more"]:
            return found
    raise AssertionError("the chain never ends")


def told(events: list[Any]) -> list[tuple[Any, ...]]:
    return [
        (event["resource"]["gid"], event["action"], (event.get("change") or {}).get("field"))
        for event in events
        if event["type"] == "task"
    ]


def test_every_deed_is_told_to_the_project(
    double: AsanaDouble, call: Call, acme: Project, token: str
) -> None:
    state = double.state
    ada = state.add_user("Ada", "ada@agency.test")
    task = state.add_task("Page", [acme.gid])
    with state.acting(ada.gid):
        state.change_task(task, {"due_on": "2026-05-01", "assignee": ada.gid, "completed": True})
    state.add_to_project(task, acme, acme.sections[1])
    state.delete_task(task)
    state.undelete_task(task)
    state.remove_from_project(task, acme)
    events = drained(call, acme.gid, token)
    assert told(events) == [
        (task.gid, "added", None),  # to the project
        (task.gid, "added", None),  # to its first section
        (task.gid, "changed", "assignee"),
        (task.gid, "changed", "completed"),
        (task.gid, "changed", "due_on"),
        (task.gid, "removed", None),  # from a section
        (task.gid, "added", None),
        (task.gid, "deleted", None),
        (task.gid, "undeleted", None),
        (task.gid, "removed", None),
    ]
    assignee = next(e for e in events if (e.get("change") or {}).get("field") == "assignee")
    assert assignee["change"]["new_value"]["name"] == "Ada"
    assert assignee["user"] == {"gid": ada.gid, "resource_type": "user", "name": "Ada"}
    due = next(e for e in events if (e.get("change") or {}).get("field") == "due_on")
    assert set(due["change"]) == {"field", "action"}
    assert events[0]["user"] is None
    assert events[0]["parent"] == {
        "gid": acme.gid,
        "resource_type": "project",
        "name": "Acme",
    }


@pytest.mark.parametrize("by_asana", [True, False])
def test_what_asana_does_by_itself_names_no_user(
    double: AsanaDouble,
    call: Call,
    control: Callable[..., Any],
    acme: Project,
    token: str,
    by_asana: bool,
) -> None:
    ada = double.state.add_user("Ada", "ada@agency.test")
    task = double.state.add_task("Page", [acme.gid], due_on="2026-05-01")
    sync = call("GET", "/events", resource=acme.gid).body["sync"]
    who = "system" if by_asana else ada.gid
    day = {"due_on": "2026-05-09"}
    control("act", method="PUT", path=f"/tasks/{task.gid}", data=day, user=who)
    users = [event["user"] for event in drained(call, acme.gid, sync)]
    assert [user and user["name"] for user in users] == [None if by_asana else "Ada"] * 2
    *_, story = call("GET", f"/tasks/{task.gid}/stories").data
    assert (story["created_by"] is None) == by_asana


def test_subtasks_and_stories_bubble_up_to_the_project(
    double: AsanaDouble, call: Call, acme: Project, token: str
) -> None:
    top = double.state.add_task("Page", [acme.gid])
    below = double.state.add_task("Copy", parent=double.state.add_task("Text", parent=top.gid).gid)
    double.state.diary.comment(below, "Ready?")
    double.state.change_task(below, {"name": "Short copy"})
    events = drained(call, acme.gid, token)
    assert (below.gid, "changed", "name") in told(events)
    stories = [e for e in events if e["type"] == "story" and e["parent"]["gid"] == below.gid]
    assert len(stories) == 2


def test_parents_that_form_a_ring_end_the_climb(
    double: AsanaDouble, call: Call, acme: Project, token: str
) -> None:
    first, second = (double.state.add_task(name, [acme.gid]) for name in "ab")
    double.state.set_parent(first, second)
    double.state.set_parent(second, first)
    double.state.change_task(first, {"name": "c"})
    assert (first.gid, "changed", "name") in told(drained(call, acme.gid, token))


def burst(double: AsanaDouble, task: Task, count: int) -> None:
    double.state.diary.quiet = True
    for number in range(count):
        double.state.change_task(task, {"name": f"Name {number}"})
    double.state.diary.quiet = False


@pytest.mark.parametrize("count", [0, 100, 101, 250, 5000])
def test_chains_of_any_length_end_with_each_event_once(
    double: AsanaDouble, call: Call, acme: Project, count: int
) -> None:
    task = double.state.add_task("Page", [acme.gid])
    sync = call("GET", "/events", resource=acme.gid).body["sync"]
    burst(double, task, count)
    page = call("GET", "/events", resource=acme.gid, sync=sync).body
    assert (len(page["data"]), page["has_more"]) == (min(count, 100), count > 100)
    assert len(drained(call, acme.gid, sync)) == count


def test_the_same_token_asked_again_answers_the_same(
    double: AsanaDouble, call: Call, acme: Project, token: str
) -> None:
    burst(double, double.state.add_task("Page", [acme.gid]), 150)
    once, again = (call("GET", "/events", resource=acme.gid, sync=token).body for _ in "12")
    assert once["data"] == again["data"]
    assert once["data"] != call("GET", "/events", resource=acme.gid, sync=once["sync"]).body["data"]


@pytest.mark.parametrize("hours", [23, 25])
def test_a_token_lives_a_day(
    double: AsanaDouble, call: Call, acme: Project, token: str, hours: int
) -> None:
    double.clock.advance(hours * 3600)
    answer = call("GET", "/events", resource=acme.gid, sync=token)
    assert (answer.status == 412) == (hours > 24)
    assert call("GET", "/events", resource=acme.gid, sync=answer.body["sync"]).status == 200


def test_a_token_of_another_resource_or_of_nobody_is_refused(
    double: AsanaDouble, call: Call, acme: Project, token: str
) -> None:
    other = double.state.add_project("Beta")
    assert call("GET", "/events", resource=other.gid, sync=token).status == 412
    assert call("GET", "/events", resource=acme.gid, sync="5a888cba:7").status == 412
    assert call("GET", "/events", resource="12", sync=token).status == 404


def test_a_token_may_be_refused_in_the_middle_of_a_chain(
    double: AsanaDouble, call: Call, acme: Project, token: str
) -> None:
    burst(double, double.state.add_task("Page", [acme.gid]), 250)
    double.faults.add("412", path=f"/events.*{acme.gid}", nth=2)
    first = call("GET", "/events", resource=acme.gid, sync=token)
    second = call("GET", "/events", resource=acme.gid, sync=first.body["sync"])
    assert (first.body["has_more"], second.status) == (True, 412)
    after = call("GET", "/events", resource=acme.gid, sync=second.body["sync"])
    assert (after.status, after.body["data"]) == (200, [])


def test_old_tokens_may_be_forgotten_but_the_current_one_is_not(
    double: AsanaDouble, call: Call, acme: Project, token: str
) -> None:
    double.state.journal.faults.forget_old_tokens = True
    burst(double, double.state.add_task("Page", [acme.gid]), 250)
    second = call("GET", "/events", resource=acme.gid, sync=token).body["sync"]
    third = call("GET", "/events", resource=acme.gid, sync=second).body["sync"]
    assert call("GET", "/events", resource=acme.gid, sync=token).status == 412
    assert call("GET", "/events", resource=acme.gid, sync=second).status == 200
    assert call("GET", "/events", resource=acme.gid, sync=third).status == 200


def names(events: list[Any]) -> list[str]:
    return [event["created_at"] for event in events]


def test_events_are_lost_and_repeated_as_often_as_told(
    double: AsanaDouble, call: Call, control: Callable[..., Any], acme: Project
) -> None:
    task = double.state.add_task("Page", [acme.gid])
    sync = call("GET", "/events", resource=acme.gid).body["sync"]
    control("events", drop=0.3, seed=4)
    burst(double, task, 400)
    assert 220 < len(drained(call, acme.gid, sync)) < 340
    control("events", drop=0, duplicate=0.5, anonymous=1)
    sync = call("GET", "/events", resource=acme.gid).body["sync"]
    burst(double, task, 200)
    events = drained(call, acme.gid, sync)
    assert 260 < len(events) < 340
    assert all(event["user"] is None for event in events)


def test_events_come_out_of_order_but_only_before_somebody_saw_them(
    double: AsanaDouble, call: Call, control: Callable[..., Any], acme: Project
) -> None:
    tasks = [double.state.add_task(str(n), [acme.gid]) for n in range(20)]
    sync = call("GET", "/events", resource=acme.gid).body["sync"]
    control("events", shuffle=True)
    double.state.diary.quiet = True
    for task in tasks:
        double.state.change_task(task, {"name": "x"})
    once, again = (drained(call, acme.gid, sync) for _ in "12")
    assert [event["resource"]["gid"] for event in once] != [task.gid for task in tasks]
    assert Counter(e["resource"]["gid"] for e in once) == Counter(task.gid for task in tasks)
    assert once == again


def test_events_may_be_ten_minutes_late(
    double: AsanaDouble, call: Call, control: Callable[..., Any], acme: Project, token: str
) -> None:
    control("events", delay_seconds=600)
    double.state.add_task("Page", [acme.gid])
    assert drained(call, acme.gid, token) == []
    double.clock.advance(601)
    assert len(drained(call, acme.gid, token)) > 0


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("sync error", "action", "sync_error"),
        ("unknown action", "action", "transmogrified"),
        ("user null", "user", None),
        ("unknown resource type", "resource", {"gid": "99", "resource_type": "hologram"}),
    ],
)
def test_a_strange_event_can_be_put_in_front(
    double: AsanaDouble, call: Call, acme: Project, token: str, kind: str, field: str, value: Any
) -> None:
    double.state.add_task("Page", [acme.gid])
    double.faults.add(kind, path="/events", times=1)
    strange, *others = call("GET", "/events", resource=acme.gid, sync=token).body["data"]
    assert strange[field] == value
    assert others[0]["action"] == "added"


def test_nothing_is_written_down_while_nobody_follows(double: AsanaDouble, acme: Project) -> None:
    double.state.add_task("Page", [acme.gid])
    assert double.state.journal.streams == {}
