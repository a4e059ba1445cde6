"""Every event comes once, however many pages they fill; a lost token says so and brings another."""

import pytest

from tasks.asana.errors import AsanaUnavailable, TokenLostError
from tests.asana_double import AsanaDouble
from tests.tasks.asana.clients import client_of


@pytest.mark.parametrize(("count", "requests"), [(0, 1), (100, 1), (101, 2), (250, 3), (5000, 50)])
def test_a_chain_of_events_is_read_to_its_end(
    double: AsanaDouble, count: int, requests: int
) -> None:
    project, client = double.state.add_project("Acme"), client_of(double)
    token = client.events_token(project.gid)
    for number in range(count):
        double.state.journal.record(event(f"task {number}"), [project.gid])
    asked = client.requests
    pages = list(client.events(project.gid, token))
    seen = [one["resource"]["gid"] for page in pages for one in page.events]
    assert seen == [f"task {number}" for number in range(count)]
    assert client.requests - asked == requests
    assert next(iter(client.events(project.gid, pages[-1].sync_token))).events == []


def event(gid: str) -> dict[str, object]:
    return {
        "user": None,
        "created_at": "2026-05-04T09:00:00.000Z",
        "type": "task",
        "action": "changed",
        "resource": {"gid": gid, "resource_type": "task"},
        "parent": None,
    }


def test_the_same_token_may_be_asked_again(double: AsanaDouble) -> None:
    project, client = double.state.add_project("Acme"), client_of(double)
    token = client.events_token(project.gid)
    double.state.add_task("One", [project.gid])
    first, second = (list(client.events(project.gid, token)) for _ in range(2))
    assert first[0].events == second[0].events != []


def test_a_lost_token_is_told_with_a_fresh_one(double: AsanaDouble) -> None:
    project, client = double.state.add_project("Acme"), client_of(double)
    with pytest.raises(TokenLostError) as lost:
        list(client.events(project.gid, "of long ago"))
    double.state.add_task("One", [project.gid])
    (page,) = client.events(project.gid, lost.value.fresh)
    assert page.events


def test_an_answer_that_is_not_events_is_not_taken_for_silence(double: AsanaDouble) -> None:
    project, client = double.state.add_project("Acme"), client_of(double)
    token = client.events_token(project.gid)
    double.faults.add("null", path="/events")
    with pytest.raises(AsanaUnavailable):
        list(client.events(project.gid, token))
