"""bin/up --check: does the whole machine work, as a person would see it?"""

import json
import time
from collections.abc import Callable
from pathlib import Path

from launch.child import Child
from launch.say import Refusal, seconds
from launch.state import State
from launch.supervisor import Supervisor
from launch.visitor import Visitor

PATIENCE_SECONDS = 300
SHOWS_THE_SYNC = "Asana read"


def check(address: str, state: State, supervisor: Supervisor, demo: bool, since: str) -> str:
    """One line of figures; a Refusal with the reason when something does not work.

    `since` is the UTC moment after which the sync must have been asked for, as SQLite writes it.
    """
    visitor = Visitor(address)
    until(supervisor, lambda: visitor.status("/healthz") == 200, "the pages do not answer", "web")
    figures = [f"pages after {seconds():.1f} s"]
    if demo:
        figures.append(sync_by_the_worker(state, supervisor, since))
        figures.append(home_page_of_a_leader(visitor, state))
    until(
        supervisor,
        lambda: visitor.status("/readyz") == 200,
        lambda: f"/readyz says: {reasons(visitor)}",
        "worker",
    )
    figures.append(f"{memory_mb(supervisor.children):.0f} MB of memory")
    return f"check passed: {', '.join(figures)}, {seconds():.1f} s in all"


def sync_by_the_worker(state: State, supervisor: Supervisor, since: str) -> str:
    """Beat asked for it through the broker; a worker did it; the database says how it went."""

    def finished() -> list[tuple[str, str, int, int, float]]:
        return state.query(
            "SELECT state, reason, tasks_seen, requests, seconds_worked FROM tasks_syncrun "
            "WHERE asked_at >= ? AND finished_at IS NOT NULL ORDER BY asked_at LIMIT 1",
            since,
        )

    until(supervisor, lambda: bool(finished()), "the worker finished no sync", "worker")
    outcome, reason, tasks, requests, worked = finished()[0]
    if outcome != "done":
        raise Refusal(f"the sync ended as {outcome!r}: {reason}\n{tail(supervisor, 'worker')}")
    return f"sync of {tasks} tasks in {requests} requests and {worked:.1f} s"


def home_page_of_a_leader(visitor: Visitor, state: State) -> str:
    visitor.sign_in("leader@demo.example", state.demo_password())
    began = time.monotonic()
    page = visitor.read("/")
    took = (time.monotonic() - began) * 1000
    if SHOWS_THE_SYNC not in page:
        raise Refusal(f"the leader's home page does not say {SHOWS_THE_SYNC!r}")
    return f"leader's home page in {took:.0f} ms"


def until(
    supervisor: Supervisor,
    reached: Callable[[], bool],
    complaint: str | Callable[[], str],
    suspect: str,
) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    supervisor.watch(lambda: reached() or time.monotonic() > deadline, pause=0.1)
    if not reached():
        text = complaint if isinstance(complaint, str) else complaint()
        raise Refusal(f"{text} after {PATIENCE_SECONDS} s\n{tail(supervisor, suspect)}")


def reasons(visitor: Visitor) -> str:
    answer = visitor.answer("/readyz")
    try:
        return " ".join(json.loads(answer)["reasons"])
    except (json.JSONDecodeError, KeyError):
        return answer[:300]


def tail(supervisor: Supervisor, name: str) -> str:
    child = next(child for child in supervisor.children if child.name == name)
    return f"{child.log}:\n{child.tail()}"


def memory_mb(children: list[Child]) -> float:
    """What the whole stack takes: pages shared by several processes count once (PSS)."""
    sessions = {str(child.process.pid) for child in children if child.process}
    kilobytes = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # After the last ")" come state, parent, group and session.
            if (process / "stat").read_text().rpartition(")")[2].split()[3] not in sessions:
                continue
            rollup = (process / "smaps_rollup").read_text()
        except OSError:
            continue
        kilobytes += sum(int(line.split()[1]) for line in rollup.splitlines() if "Pss:" in line[:4])
    return kilobytes / 1024
