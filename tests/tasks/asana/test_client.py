"""The client tells the truth about every answer, or says in which of two ways it has none."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tasks.asana.budget import LocalBudget
from tasks.asana.calls import ASKED_WHO
from tasks.asana.client import AsanaClient
from tasks.asana.errors import (
    AsanaError,
    AsanaUnavailable,
    ExpiredOffsetError,
    ForbiddenError,
    NotFoundError,
    Postponed,
    UnauthorizedError,
)
from tests.asana_double import AsanaDouble
from tests.asana_double.server import TOKEN
from tests.tasks.asana.clients import QUICK, client_of


def project_with(double: AsanaDouble, count: int, name: str = "Acme") -> str:
    project = double.state.add_project(name)
    for number in range(count):
        double.state.add_task(f"{name} {number}", [project.gid])
    return project.gid


def names(client: AsanaClient, project: str, **more: Any) -> list[str]:
    pages = client.tasks_of_project(project, **more)
    return [task["name"] for page in pages for task in page.data]


def test_every_page_of_a_list_is_read_once(double: AsanaDouble) -> None:
    gid = project_with(double, 250)
    assert names(client_of(double), gid) == [f"Acme {n}" for n in range(250)]
    assert len(double.requests("/tasks")) == 3


def test_a_second_project_starts_at_its_own_beginning(double: AsanaDouble) -> None:
    """The SDK writes limit and offset into the options it is given."""
    first, second = project_with(double, 150), project_with(double, 150, "Beta")
    client = client_of(double)
    assert len(names(client, first)) == len(names(client, second)) == 150


def test_two_hundred_tasks_cost_two_requests(double: AsanaDouble) -> None:
    gid = project_with(double, 200)
    names(client_of(double), gid)
    assert len(double.requests("/tasks")) == 2


def test_threads_share_one_client(double: AsanaDouble) -> None:
    gids = [project_with(double, 120, f"P{n}") for n in range(12)]
    client = client_of(double)
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda gid: len(names(client, gid)), gids))
    assert counts == [120] * 12
    assert client.requests == 24


PASSING = "429|429 without Retry-After|500|502|503|504|html|short body|cut json|null|reset|401"


@pytest.mark.parametrize("fault", PASSING.split("|"))
def test_what_passes_is_asked_for_again(double: AsanaDouble, fault: str) -> None:
    double.state.add_user("Ada", "ada@agency.test")
    gid = project_with(double, 150)
    double.faults.add(fault, path="/projects/", nth=2, retry_after=0)
    assert len(names(client_of(double), gid)) == 150


@pytest.mark.parametrize("fault", ["hang", "stall"])
def test_a_silent_server_costs_the_time_limit_and_no_more(double: AsanaDouble, fault: str) -> None:
    gid = project_with(double, 3)
    double.faults.add(fault, nth=1, seconds=30)
    began = time.monotonic()
    assert len(names(client_of(double), gid)) == 3
    assert time.monotonic() - began < 10


def test_what_does_not_pass_is_given_up_with_asanas_own_words(double: AsanaDouble) -> None:
    gid = project_with(double, 3)
    double.faults.add("500")
    with pytest.raises(AsanaUnavailable, match=r"6 sad squid snuggle softly.*tried 4 times"):
        names(client_of(double), gid)
    assert len(double.log) == 4


@pytest.mark.parametrize(
    ("fault", "error"),
    [("402", ForbiddenError), ("403", ForbiddenError), ("404", NotFoundError)],
)
def test_a_clear_no_is_not_asked_again(
    double: AsanaDouble, fault: str, error: type[Exception]
) -> None:
    double.faults.add(fault)
    with pytest.raises(error):
        client_of(double).project("12")
    assert len(double.log) == 1


def test_a_refused_token_is_checked_and_then_believed(double: AsanaDouble) -> None:
    with pytest.raises(UnauthorizedError):
        client_of(double, token="0/revoked").project("12")
    assert [one.path for one in double.log] == ["/projects/12"] + ASKED_WHO * ["/users/me"]


def test_a_401_for_one_thing_only_does_not_condemn_the_token(double: AsanaDouble) -> None:
    double.state.add_user("Ada", "ada@agency.test")
    double.faults.add("401", path="/projects")
    with pytest.raises(ForbiddenError):
        client_of(double).project("12")


def test_a_refusal_holds_everybody_for_as_long_as_asana_says(double: AsanaDouble) -> None:
    budget = LocalBudget(0)
    double.state.add_user("Ada", "ada@agency.test")
    double.faults.add("429", nth=1, retry_after=1)
    client, other = client_of(double, budget=budget), client_of(double, budget=budget)
    began = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(client.me)
        time.sleep(0.3)
        other.me()
        assert time.monotonic() - began >= 1.0
        slow.result()
    assert (client.refusals, other.refusals) == (1, 0)
    assert len(double.log) == 3


def test_a_long_refusal_frees_the_worker(double: AsanaDouble) -> None:
    double.faults.add("429", retry_after=600)
    with pytest.raises(Postponed) as postponed:
        client_of(double).project("12")
    assert postponed.value.seconds > 500


def test_a_stopped_client_waits_no_longer(double: AsanaDouble) -> None:
    double.faults.add("429", retry_after=4)
    client = client_of(double)
    threading.Timer(0.2, client.stopped.set).start()
    began = time.monotonic()
    with pytest.raises(Postponed):
        client.project("12")
    assert time.monotonic() - began < 3


def test_an_expired_place_begins_the_list_anew_and_says_so(double: AsanaDouble) -> None:
    gid = project_with(double, 250)
    seen = []
    for page in client_of(double).tasks_of_project(gid):
        seen.append((page.restarted, len(page.data)))
        if len(seen) == 1:
            double.clock.advance(16 * 60)
    assert seen == [(False, 100), (True, 100), (False, 100), (False, 50)]


def test_places_that_expire_for_ever_end_in_an_error(double: AsanaDouble) -> None:
    gid = project_with(double, 150)
    double.faults.add("expired offset", path="offset=")
    with pytest.raises(ExpiredOffsetError):
        names(client_of(double), gid)


def test_pages_that_lead_in_a_circle_end_in_an_error(
    double: AsanaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    gid = project_with(double, 250)
    offset = next(iter(client_of(double).tasks_of_project(gid))).next_offset
    assert offset
    monkeypatch.setattr("tests.asana_double.paging._token", lambda rank, now: offset)
    with pytest.raises(AsanaError, match="circle"):
        names(client_of(double), gid)


def test_a_name_arrives_letter_by_letter(double: AsanaDouble) -> None:
    """The SDK by itself turns a no-break space into a plain one."""
    strange = "R\u00a0e\u200fd \U0001f680 \u202etxet"
    gid = double.state.add_project(strange).gid
    assert client_of(double).project(gid).data["name"] == strange


def test_half_a_character_does_not_stop_the_list(double: AsanaDouble) -> None:
    gid = project_with(double, 1)
    task = double.state.task(next(iter(double.state.projects[gid].ranks)))
    double.observer = None  # half a character is not in the description
    answer = b'{"gid":"%s","name":"half \\ud83d"}' % task.gid.encode()
    double.api._task = lambda task, fields: answer  # type: ignore[method-assign]
    assert names(client_of(double), gid) == ["half \ud83d"]


def test_nothing_listens(double: AsanaDouble) -> None:
    client = AsanaClient(
        "http://127.0.0.1:9/api/1.0", TOKEN, LocalBudget(0), now=double.clock.now, retries=QUICK
    )
    with pytest.raises(AsanaUnavailable, match="No connection to Asana"):
        client.me()


def test_compressed_answers_are_read(double: AsanaDouble) -> None:
    double.gzip = True
    gid = project_with(double, 120)
    assert len(names(client_of(double), gid)) == 120


def test_no_thread_is_left_behind_by_the_sdk(double: AsanaDouble) -> None:
    before = set(threading.enumerate())
    clients = [client_of(double) for _ in range(5)]
    assert len(clients) == 5
    made = [thread for thread in threading.enumerate() if thread not in before]
    pools = [one for one in made if one.name.endswith("(worker)") or "(_handle_" in one.name]
    for thread in pools:
        thread.join(timeout=5)
    assert not any(thread.is_alive() for thread in pools)
