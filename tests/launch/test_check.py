"""bin/up --check must not pass when something does not work, and must say what."""

import os
import sqlite3
import sys

import pytest

from launch import check
from launch.child import Child
from launch.say import Refusal
from launch.state import State
from launch.supervisor import Supervisor
from launch.visitor import Visitor
from tests.launch.site import Site

SINCE = "2026-11-21 10:00:00"


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "right")
    state = State(tmp_path / "state")
    state.open()
    connection = sqlite3.connect(state.database)
    connection.execute(
        "CREATE TABLE tasks_syncrun (state text, reason text, tasks_seen int, requests int,"
        " seconds_worked real, asked_at text, finished_at text)"
    )
    connection.close()
    return state


@pytest.fixture
def supervisor(tmp_path, monkeypatch):
    """The worker of this stack runs, and has something to say."""
    monkeypatch.setattr(check, "PATIENCE_SECONDS", 0.5)
    supervisor = Supervisor()
    for name in ("web", "worker"):
        code = f"import time; print('the log of the {name}', flush=True); time.sleep(600)"
        log = tmp_path / f"{name}.log"
        child = Child(name, [sys.executable, "-c", code], log, dict(os.environ), tmp_path)
        supervisor.start(child)
        supervisor.wait_for(child, lambda log=log: "the log" in log.read_text(), 10)
    yield supervisor
    supervisor.stop()


def synced(state: State, outcome: str = "done", asked_at: str = "2026-11-21 10:00:05") -> None:
    connection = sqlite3.connect(state.database)
    connection.execute(
        "INSERT INTO tasks_syncrun VALUES (?, 'no such workspace', 12, 3, 0.5, ?, ?)",
        (outcome, asked_at, asked_at),
    )
    connection.commit()
    connection.close()


def run(site: Site, state: State, supervisor: Supervisor, demo: bool = True) -> str:
    return check.check(site.address, state, supervisor, demo, SINCE)


def test_when_all_works_one_line_of_figures_says_so(site, state, supervisor):
    synced(state)
    line = run(site, state, supervisor)
    assert "\n" not in line
    assert line.startswith("check passed: pages after ")
    assert "sync of 12 tasks in 3 requests and 0.5 s" in line
    assert "leader's home page in " in line
    assert "MB of memory" in line


def test_pages_that_do_not_answer_are_a_reason_with_the_log_of_the_web_server(
    site, state, supervisor
):
    site.close()
    with pytest.raises(Refusal, match=r"pages do not answer(.|\n)*the log of the web"):
        run(site, state, supervisor)


def test_no_sync_is_a_reason_with_the_log_of_the_worker(site, state, supervisor):
    with pytest.raises(Refusal, match=r"no sync(.|\n)*the log of the worker"):
        run(site, state, supervisor)


def test_a_sync_of_an_earlier_start_proves_nothing(site, state, supervisor):
    synced(state, asked_at="2026-11-21 09:59:59")
    with pytest.raises(Refusal, match="no sync"):
        run(site, state, supervisor)


@pytest.mark.parametrize("outcome", ["failed", "partly"])
def test_a_sync_that_did_not_read_everything_is_a_reason(site, state, supervisor, outcome):
    synced(state, outcome)
    with pytest.raises(Refusal, match=rf"'{outcome}': no such workspace"):
        run(site, state, supervisor)


def test_a_leader_who_cannot_sign_in_is_a_reason(site, state, supervisor):
    synced(state)
    site.password = "another"
    with pytest.raises(Refusal, match=r"leader@demo.example could not sign in"):
        run(site, state, supervisor)


def test_a_home_page_that_does_not_show_the_sync_is_a_reason(site, state, supervisor):
    synced(state)
    site.home = "<p>Nothing was read yet</p>"
    with pytest.raises(Refusal, match="does not say 'Asana read'"):
        run(site, state, supervisor)


def test_what_readyz_complains_about_is_passed_on(site, state, supervisor):
    synced(state)
    site.readyz = (503, '{"reasons": ["No worker has answered yet."]}')
    with pytest.raises(Refusal, match="/readyz says: No worker has answered yet"):
        run(site, state, supervisor)


def test_an_empty_start_asks_for_no_sync_and_no_leader(site, state, supervisor):
    assert run(site, state, supervisor, demo=False).startswith("check passed: ")


def test_a_visitor_who_is_not_signed_in_is_led_to_the_form(site):
    assert "csrfmiddlewaretoken" in Visitor(site.address).read("/")


def test_nobody_at_the_address_is_no_status(site):
    site.close()
    assert Visitor(site.address).status("/healthz") is None
