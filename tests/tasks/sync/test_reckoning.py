"""The ledger looks as soon as something was drained, and nobody's news waits for the next run."""

import pytest

from tasks.models import PromiseEvent
from tasks.sync import reckoning
from tests.asana_double import AsanaDouble
from tests.factories.clients import ClientFactory
from tests.tasks.sync.drains import followed, turn
from tests.tasks.sync.test_mirror import task_named

pytestmark = pytest.mark.django_db


def move(double: AsanaDouble, name: str, due_on: str) -> None:
    double.state.change_task(task_named(double, name), {"due_on": due_on})


def test_what_is_drained_while_the_ledger_looks_is_looked_at_at_once(double, monkeypatch):
    project = followed(double)[0]
    project.client = ClientFactory()
    project.save()
    look = reckoning.reckoning.reckon
    looks = []

    def look_slowly(*means):
        found = look(*means)
        looks.append(found)
        if len(looks) == 1:  # meanwhile, in another worker
            move(double, "Task 0.2", "2026-12-04")
            turn(double, project)
            assert PromiseEvent.objects.filter(kind="moved").count() == 1
        return found

    monkeypatch.setattr(reckoning.reckoning, "reckon", look_slowly)
    move(double, "Task 0.1", "2026-12-04")
    turn(double, project)
    assert len(looks) == 2
    assert PromiseEvent.objects.filter(kind="moved").count() == 2
