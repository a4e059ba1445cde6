"""Webhooks: the handshake, signed deliveries, and what happens when nobody answers."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.asana_double import AsanaDouble
from tests.asana_double.conftest import Answered, Call
from tests.asana_double.receiver import Receiver
from tests.asana_double.records import Project


@pytest.fixture
def acme(double: AsanaDouble) -> Project:
    return double.state.add_project("Acme")


@pytest.fixture
def hook(call: Call, acme: Project, receiver: Receiver) -> Answered:
    made = call("POST", "/webhooks", {"resource": acme.gid, "target": receiver.url})
    assert made.status == 201
    return made


def eventually(true: Callable[[], Any], seconds: float = 5) -> Any:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def test_the_secret_goes_out_comes_back_and_stands_in_the_answer(
    double: AsanaDouble, hook: Answered, receiver: Receiver, acme: Project
) -> None:
    assert receiver.secrets == [hook.body["X-Hook-Secret"]]
    assert (hook.data["active"], hook.data["resource"]["gid"]) == (True, acme.gid)


def test_a_target_that_keeps_the_secret_gets_no_webhook(
    double: AsanaDouble, call: Call, acme: Project, receiver: Receiver
) -> None:
    receiver.echo = False
    asked = {"resource": acme.gid, "target": receiver.url}
    assert call("POST", "/webhooks", asked).status == 400
    assert double.state.webhooks == {}


def test_the_same_resource_and_target_twice_is_forbidden(
    call: Call, hook: Answered, acme: Project, receiver: Receiver
) -> None:
    asked = {"resource": acme.gid, "target": receiver.url}
    assert call("POST", "/webhooks", asked).status == 403


def test_others_are_served_while_a_handshake_takes_its_time(
    call: Call, control: Callable[..., Any], acme: Project, receiver: Receiver
) -> None:
    control("webhooks", handshake="slow", handshake_seconds=0.6)
    asked = {"resource": acme.gid, "target": receiver.url}
    waiting = threading.Thread(target=call, args=("POST", "/webhooks", asked))
    waiting.start()
    began = time.monotonic()
    assert call("GET", "/workspaces").status == 200
    assert time.monotonic() - began < 0.4
    waiting.join()
    assert len(receiver.secrets) == 1


def test_a_handshake_may_come_twice_or_never(
    call: Call, control: Callable[..., Any], acme: Project, receiver: Receiver
) -> None:
    asked = {"resource": acme.gid, "target": receiver.url}
    control("webhooks", handshake="silent")
    assert (call("POST", "/webhooks", asked).status, receiver.secrets) == (400, [])
    control("webhooks", handshake="twice")
    assert call("POST", "/webhooks", asked).status == 201
    assert len(receiver.secrets) == 2
    assert len(set(receiver.secrets)) == 1


def test_an_attacker_can_try_a_handshake_of_his_own(
    control: Callable[..., Any], hook: Answered, receiver: Receiver
) -> None:
    assert control("attack", target=receiver.url, secret="mine") == {
        "status": 200,
        "echoed": "mine",
    }


def test_changes_arrive_together_signed_and_without_names(
    double: AsanaDouble, hook: Answered, receiver: Receiver, acme: Project
) -> None:
    assert double.hooks.settle()
    receiver.got.clear()
    began = time.monotonic()
    task = double.state.add_task("Page", [acme.gid])
    double.state.change_task(task, {"due_on": "2026-05-01"})
    assert eventually(lambda: receiver.got)
    assert time.monotonic() - began < 1
    (body, signature), *more = receiver.got
    secret = hook.body["X-Hook-Secret"].encode()
    assert signature == hmac.new(secret, body, hashlib.sha256).hexdigest()
    assert more == []
    assert {event["action"] for event in receiver.events} == {"added", "changed"}
    assert set(receiver.events[0]["resource"]) == {"gid", "resource_type"}


def test_filters_let_only_what_they_name_pass(
    double: AsanaDouble, call: Call, acme: Project, receiver: Receiver
) -> None:
    wanted = {"resource_type": "task", "action": "changed", "fields": ["due_on"]}
    asked = {"resource": acme.gid, "target": receiver.url, "filters": [wanted]}
    assert call("POST", "/webhooks", asked).status == 201
    task = double.state.add_task("Page", [acme.gid])
    double.state.change_task(task, {"due_on": "2026-05-01", "name": "Landing page"})
    assert double.hooks.settle()
    assert [event["change"]["field"] for event in receiver.events] == ["due_on"]


def test_an_empty_heartbeat_comes_at_once_and_every_eight_hours(
    double: AsanaDouble, hook: Answered, receiver: Receiver
) -> None:
    assert double.hooks.settle()
    assert [body for body, _ in receiver.got] == [b'{"events":[]}']
    double.clock.advance(7 * 3600)
    time.sleep(0.1)
    assert len(receiver.got) == 1
    double.clock.advance(1.1 * 3600)
    assert eventually(lambda: len(receiver.got) == 2)


def test_what_was_refused_comes_again_later_and_later(
    double: AsanaDouble, call: Call, hook: Answered, receiver: Receiver, acme: Project
) -> None:
    assert double.hooks.settle()
    receiver.status = 500
    receiver.got.clear()
    double.state.add_task("Page", [acme.gid])
    path = f"/webhooks/{hook.data['gid']}"
    assert eventually(lambda: call("GET", path).data["delivery_retry_count"])
    state = call("GET", path).data
    assert state["last_failure_content"].startswith("500")
    assert state["failure_deletion_timestamp"] > state["last_failure_at"]
    double.clock.advance(2)
    assert eventually(lambda: call("GET", path).data["delivery_retry_count"] == 2)
    receiver.status = 204
    double.clock.advance(600)
    assert eventually(lambda: call("GET", path).data["delivery_retry_count"] == 0)
    assert len({body for body, _ in receiver.got}) == 1


def test_after_a_day_without_success_the_webhook_is_gone_and_can_be_made_again(
    double: AsanaDouble, call: Call, hook: Answered, receiver: Receiver, acme: Project
) -> None:
    assert double.hooks.settle()
    receiver.status = 500
    double.clock.advance(24.1 * 3600)
    path, workspace = f"/webhooks/{hook.data['gid']}", double.state.workspace.gid
    assert eventually(lambda: call("GET", path).status == 404)
    assert call("GET", "/webhooks", workspace=workspace, resource=acme.gid).data == []
    receiver.status = 200
    asked = {"resource": acme.gid, "target": receiver.url}
    assert call("POST", "/webhooks", asked).status == 201


def test_a_healthy_webhook_outlives_any_leap_of_the_clock(
    double: AsanaDouble, call: Call, hook: Answered
) -> None:
    double.clock.advance(30 * 3600)
    assert double.hooks.settle()
    listed = call("GET", "/webhooks", workspace=double.state.workspace.gid).data
    assert [one["gid"] for one in listed] == [hook.data["gid"]]


def test_a_deleted_webhook_hears_nothing_more(
    double: AsanaDouble, call: Call, hook: Answered, receiver: Receiver, acme: Project
) -> None:
    assert double.hooks.settle()
    receiver.got.clear()
    assert call("DELETE", f"/webhooks/{hook.data['gid']}").status == 200
    double.state.add_task("Page", [acme.gid])
    time.sleep(0.3)
    assert receiver.got == []
    assert not double.state.journal.followed


@pytest.mark.parametrize("kind", ["wrong", "missing", "upper case", "other secret", "re-encoded"])
def test_a_delivery_may_be_forged(
    control: Callable[..., Any], hook: Answered, receiver: Receiver, kind: str
) -> None:
    control("settle")
    receiver.got.clear()
    control("deliver", webhook=hook.data["gid"], signature=kind)
    ((body, signature),) = receiver.got
    good = hmac.new(hook.body["X-Hook-Secret"].encode(), body, hashlib.sha256).hexdigest()
    assert signature != good
    assert json.loads(body)["events"]
    assert (signature is None) == (kind == "missing")
    assert (signature == good.upper()) == (kind == "upper case")


def test_an_old_delivery_can_be_played_again_and_a_thousand_come_at_once(
    double: AsanaDouble,
    control: Callable[..., Any],
    hook: Answered,
    receiver: Receiver,
    acme: Project,
) -> None:
    double.state.add_task("Page", [acme.gid])
    assert double.hooks.settle()
    receiver.got.clear()
    assert control("deliver", webhook=hook.data["gid"], replay=-1)["statuses"] == [200]
    many = control("deliver", webhook=hook.data["gid"], replay=-1, times=1000)
    assert many["statuses"] == [200] * 1000
    assert len(set(receiver.got)) == 1
    assert len(receiver.got) == 1001


def test_a_body_can_weigh_a_megabyte(
    control: Callable[..., Any], hook: Answered, receiver: Receiver
) -> None:
    control("settle")
    receiver.got.clear()
    assert control("deliver", webhook=hook.data["gid"], bytes=1_000_000)["statuses"] == [200]
    assert len(receiver.got[0][0]) >= 1_000_000


def test_deliveries_may_be_lost_or_repeated(
    double: AsanaDouble,
    control: Callable[..., Any],
    hook: Answered,
    receiver: Receiver,
    acme: Project,
) -> None:
    task = double.state.add_task("Page", [acme.gid])
    assert double.hooks.settle()
    receiver.got.clear()
    double.state.diary.quiet = True
    control("webhooks", lose=1)
    double.state.change_task(task, {"name": "a"})
    control("webhooks", lose=0, repeat=1)
    double.state.change_task(task, {"name": "b"})
    assert double.hooks.settle()
    assert len(receiver.events) == 2
    assert receiver.events[0] == receiver.events[1]


def test_localhost_may_be_refused_as_asana_does(
    call: Call, control: Callable[..., Any], acme: Project, receiver: Receiver
) -> None:
    control("webhooks", refuse_localhost=True)
    asked = {"resource": acme.gid, "target": receiver.url}
    assert call("POST", "/webhooks", asked).status == 403


def test_a_deleted_project_is_told_and_its_webhook_can_still_be_read(
    double: AsanaDouble, call: Call, hook: Answered, receiver: Receiver, acme: Project
) -> None:
    assert call("DELETE", f"/projects/{acme.gid}").status == 200
    assert double.hooks.settle()
    assert [(e["resource"]["gid"], e["action"]) for e in receiver.events] == [(acme.gid, "deleted")]
    assert call("GET", f"/webhooks/{hook.data['gid']}").status == 200
    assert call("GET", "/events", resource=acme.gid).status == 404
