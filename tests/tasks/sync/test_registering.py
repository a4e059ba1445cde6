"""Webhooks against the double: a real handshake over HTTP, and what becomes of them afterwards."""

import pytest

from tasks.models import DeadLetter, EventStream, Project, Webhook
from tasks.sync import nudging
from tasks.sync.registering import watch
from tests.asana_double import AsanaDouble
from tests.tasks.sync.drains import followed, turn
from tests.tasks.sync.test_mirror import task_named
from tests.tasks.sync.world import HOUR, in_asana, means, mirrored

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    calls: list[int] = []
    monkeypatch.setattr(nudging.doorbell, "ring", lambda pk: calls.append(pk) or True)
    return calls


@pytest.fixture
def projects(double: AsanaDouble, live_server, settings) -> list[Project]:
    settings.PUBLIC_URL = live_server.url
    return followed(double)


def look(double: AsanaDouble, project: Project) -> int:
    ours = means(double)
    return watch(project.connection, ours.client(project.connection), ours)


def states() -> list[str]:
    return list(Webhook.objects.order_by("project").values_list("state", flat=True))


def test_each_project_gets_a_webhook_once(double: AsanaDouble, projects: list[Project]) -> None:
    assert look(double, projects[0]) == 2
    assert states() == ["active", "active"]
    assert look(double, projects[0]) == 0
    assert {one.resource for one in double.state.webhooks.values()} == {
        project.gid for project in projects
    }
    keys = [one.target.rsplit("/", 2)[1] for one in double.state.webhooks.values()]
    assert all(len(key) >= 43 for key in keys)


def test_a_change_in_asana_comes_as_a_nudge(
    double: AsanaDouble, projects: list[Project], rung: list[int]
) -> None:
    look(double, projects[0])
    EventStream.objects.update(nudged_at=None)
    rung.clear()
    double.state.change_task(task_named(double, "Task 0.1"), {"due_on": "2026-12-01"})
    assert double.hooks.settle()
    assert set(rung) == {projects[0].pk}
    turn(double, projects[0])
    assert mirrored() == in_asana(double)
    assert not Webhook.objects.filter(deliveries__handled_at=None).exists()


@pytest.mark.parametrize("handshake", ["slow", "twice"])
def test_a_slow_or_doubled_handshake_is_one(
    double: AsanaDouble, projects: list[Project], handshake: str
) -> None:
    double.hooks.faults.handshake, double.hooks.faults.handshake_seconds = handshake, 0.3
    assert look(double, projects[0]) == 2


def test_an_attacker_who_was_first_gets_nothing(
    double: AsanaDouble, projects: list[Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another secret was left at our address: the webhook is given up at both ends."""
    from tasks.sync import registering

    monkeypatch.setattr(registering, "is_same", lambda secret, text: False)
    assert look(double, projects[0]) == 0
    assert states() == ["gone", "gone"]
    assert not double.state.webhooks


def test_a_webhook_that_asana_gave_up_is_set_up_anew_and_the_project_drained(
    double: AsanaDouble, projects: list[Project], rung: list[int]
) -> None:
    look(double, projects[0])
    for webhook in list(double.state.webhooks.values()):
        double.hooks.end(webhook)
    rung.clear()
    double.state.change_task(task_named(double, "Task 0.1"), {"due_on": "2026-12-01"})
    double.clock.advance(600)
    assert look(double, projects[0]) == 2
    assert states() == ["active", "active"]
    assert set(rung) == {project.pk for project in projects}
    turn(double, projects[0])
    assert mirrored() == in_asana(double)


def test_no_handshake_is_told_and_tried_again_in_an_hour(
    double: AsanaDouble, projects: list[Project]
) -> None:
    double.hooks.faults.handshake = "silent"
    assert look(double, projects[0]) == 0
    assert states() == ["gone", "gone"]
    assert DeadLetter.objects.open().filter(kind="webhook").count() == 2
    double.hooks.faults.handshake = "normal"
    assert look(double, projects[0]) == 0
    double.clock.advance(1.1 * HOUR)
    assert look(double, projects[0]) == 2
    assert not DeadLetter.objects.open().exists()


def test_a_new_public_address_moves_the_webhooks(
    double: AsanaDouble, projects: list[Project], settings, live_server
) -> None:
    look(double, projects[0])
    settings.PUBLIC_URL = live_server.url.replace("localhost", "127.0.0.1")
    assert look(double, projects[0]) == 2
    assert {one.target.split("/hooks")[0] for one in double.state.webhooks.values()} >= {
        settings.PUBLIC_URL
    }


def test_without_a_public_address_nothing_is_asked(
    double: AsanaDouble, projects: list[Project], settings
) -> None:
    settings.PUBLIC_URL = ""
    before = len(double.log)
    assert look(double, projects[0]) == 0
    assert len(double.log) == before
