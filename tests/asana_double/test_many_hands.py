"""Many at once: nothing that happened goes untold, in the stream or to the webhook."""

import random
import threading
from collections import Counter
from typing import Any

from tests.asana_double import AsanaDouble
from tests.asana_double.conftest import Call
from tests.asana_double.receiver import Receiver

HANDS, DEEDS = 6, 40


def work(call: Call, projects: list[str], seed: int, wrong: list[int]) -> None:
    dice = random.Random(seed)
    mine: list[str] = []
    for number in range(DEEDS):
        project = dice.choice(projects)
        if not mine or dice.random() < 0.4:
            asked = {"name": f"{seed}/{number}", "projects": [project]}
            answer = call("POST", "/tasks", asked)
            mine.append(answer.data["gid"])
        elif dice.random() < 0.6:
            day = f"2026-05-{dice.randint(1, 28):02}"
            answer = call("PUT", f"/tasks/{dice.choice(mine)}", {"due_on": day})
        elif dice.random() < 0.5:
            answer = call("POST", f"/tasks/{dice.choice(mine)}/addProject", {"project": project})
        else:
            answer = call("DELETE", f"/tasks/{mine.pop()}")
        if answer.status not in (200, 201):
            wrong.append(answer.status)


def stream(call: Call, project: str, sync: str) -> list[Any]:
    found: list[Any] = []
    while True:
        page = call("GET", "/events", resource=project, sync=sync).body
        found += page["data"]
        sync = page["sync"]
        if not page["has_more"]:
            return found


def key(event: dict[str, Any]) -> tuple[Any, ...]:
    change = event.get("change") or {}
    return event["resource"]["gid"], event["action"], event["created_at"], change.get("field")


def test_streams_and_webhooks_tell_all_that_many_hands_did(
    double: AsanaDouble, call: Call, receiver: Receiver
) -> None:
    projects = [double.state.add_project(f"Client {n}").gid for n in range(4)]
    tokens = {gid: call("GET", "/events", resource=gid).body["sync"] for gid in projects}
    for gid in projects:
        asked = {"resource": gid, "target": receiver.url + f"?project={gid}"}
        assert call("POST", "/webhooks", asked).status == 201
    wrong: list[int] = []
    hands = [
        threading.Thread(target=work, args=(call, projects, seed, wrong)) for seed in range(HANDS)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert wrong == []
    assert double.hooks.settle()
    heard = [event for gid in projects for event in stream(call, gid, tokens[gid])]
    assert Counter(map(key, heard)) == Counter(map(key, receiver.events))
    made = Counter(event["action"] for event in heard if event["type"] == "task")
    assert made["added"] >= HANDS
    told = {event["resource"]["gid"] for event in heard}
    assert set(double.state.tasks) <= told
