"""Answers that are errors, broken, late, or none at all."""

import time

import pytest

from tasks.models import DeadLetter, SyncRun, Task
from tasks.sync.start import client_for
from tests.asana_double.sabotage import PHRASE
from tests.asana_double.server import TOKEN
from tests.tasks.faults.ground import Ground

pytestmark = pytest.mark.once  # what comes over the wire, not what is stored


@pytest.mark.fault(5)
@pytest.mark.parametrize("kind", ["500", "502", "503", "504", "html"])
def test_errors_of_asanas_own_are_tried_again(ground: Ground, kind: str) -> None:
    ground.fill(4, subtasks=1)
    ground.fault(kind, every=3)
    assert ground.read().state == SyncRun.State.DONE
    ground.is_right()


@pytest.mark.fault(5)
def test_an_error_that_stays_is_kept_with_asanas_phrase(ground: Ground) -> None:
    gids = ground.fill(4)
    ground.fault("500", path=f"/projects/{gids[1]}/tasks")
    run = ground.read()
    letter = DeadLetter.objects.open().get()
    assert (run.state, letter.phrase, letter.status) == (SyncRun.State.PARTLY, PHRASE, 500)
    assert Task.objects.count() == 15
    ground.calm()
    assert ground.read().state == SyncRun.State.DONE
    assert not DeadLetter.objects.open().exists()
    ground.is_right()


@pytest.mark.fault(6)
def test_connections_that_break_or_are_refused_are_made_again(ground: Ground, settings) -> None:
    settings.ASANA_RETRY_SECONDS = 0.2
    ground.fill(8)
    ground.switch("latency", milliseconds=20)
    ground.fault("reset", every=5)
    ground.switch("listener", off_seconds=0.3)
    assert ground.read().state == SyncRun.State.DONE
    ground.is_right()


@pytest.mark.fault(6)
@pytest.mark.parametrize("address", ["https://127.0.0.1:{port}", "http://asana.invalid"])
def test_no_such_name_and_no_trust_fail_the_run_and_keep_what_is_known(
    ground: Ground, settings, address: str
) -> None:
    ground.fill()
    ground.read()
    settings.ASANA_BASE_URL = address.format(port=ground.double.port) + "/api/1.0"
    run = ground.read()
    assert (run.state, ground.connection.is_working) == (SyncRun.State.FAILED, True)
    assert "No connection to Asana" in run.reason
    settings.ASANA_BASE_URL = ground.double.url
    assert ground.read().state == SyncRun.State.DONE
    ground.is_right()


@pytest.mark.fault(6)
def test_after_five_failures_a_project_rests_and_the_others_go_on(ground: Ground) -> None:
    gids = ground.fill(3)
    ground.read()
    ground.fault("reset", path=f"/events.*{gids[1]}")
    ground.change(ground.task("Task 1.1"), name="Renamed")
    ground.change(ground.task("Task 2.1"), name="Renamed as well")
    ground.drain()
    since = len(ground.double.log)
    ground.drain()
    assert ground.asked(gids[1], since) == 0
    assert Task.objects.filter(name="Renamed as well").exists()
    ground.calm()
    ground.drain(later=16 * 60)
    ground.is_right()


@pytest.mark.fault(7)
@pytest.mark.parametrize("kind", ["hang", "stall"])
def test_silence_costs_the_time_limit_and_no_more(ground: Ground, kind: str) -> None:
    ground.fill(4)
    ground.fault(kind, path="/projects/.*/tasks", nth=2, seconds=30)
    began = time.monotonic()
    assert ground.read().state == SyncRun.State.DONE
    assert time.monotonic() - began < 5
    ground.is_right()


@pytest.mark.fault(7)
def test_a_byte_at_a_time_is_ended_as_a_whole(ground: Ground, settings) -> None:
    """Each byte is in time: only the request as a whole is not."""
    ground.fill(1)
    ground.fault("trickle", path="/projects/.*/tasks", times=1, seconds=0.3)
    client = client_for(TOKEN, ground.connection, ground.clock.now, tries=1)
    client._timeout = (1, 1)
    began = time.monotonic()
    with pytest.raises(Exception, match=r"Asana|read"):
        list(client.tasks_of_project(next(iter(ground.state.projects))))
    assert time.monotonic() - began < 6
    assert ground.read().state == SyncRun.State.DONE
    ground.is_right()


@pytest.mark.fault(8)
@pytest.mark.parametrize("kind", ["short body", "cut json", "list", "null"])
def test_half_an_answer_is_no_answer(ground: Ground, kind: str) -> None:
    ground.fill(4, subtasks=1)
    ground.fault(kind, every=3)
    assert ground.read().state == SyncRun.State.DONE
    ground.is_right()


@pytest.mark.fault(8)
@pytest.mark.parametrize("kind", ["short body", "cut json", "list", "null"])
def test_of_half_an_answer_nothing_is_stored(ground: Ground, kind: str) -> None:
    ground.fill(2)
    ground.fault(kind, path="/tasks")
    run = ground.read()
    assert run.state == SyncRun.State.PARTLY
    assert all("Asana" in problem["reason"] for problem in run.problems)
    assert not Task.objects.exists()
    ground.calm()
    ground.read()
    ground.is_right()
