"""One task: who does what by when, and was its day moved?"""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tasks.models import Standing, Task
from tests.factories.cast import make_cast
from tests.factories.ledger import PromiseFactory
from tests.metrics.views.browsing import browser_of, links, opened, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def promise(cast):
    return PromiseFactory(client=cast.client_a, owner=cast.manager.staff)


def test_a_task_says_who_does_what_by_when(cast, promise):
    task = promise.task
    Task.objects.filter(pk=task.pk).update(first_due_on=date(2026, 11, 20))
    page = opened(cast.manager, f"/tasks/{task.pk}/")
    said = words(page)
    assert str(task) in said
    assert "First due 20 Nov: that day is fixed." in said
    assert "Promised for 20 Nov" in said
    assert f"/deadlines/{promise.pk}/#postpone" in links(page)
    assert task.asana_url in links(page)
    assert "/clients/acme/" in links(page)


def test_a_deleted_task_stays_with_the_day_asana_said_so(cast, promise):
    Task.objects.filter(pk=promise.task_id).update(deleted_at=THURSDAY)
    said = words(opened(cast.manager, f"/tasks/{promise.task_id}/"))
    assert "Asana says this task was deleted on 19 Nov." in said


def test_what_is_over_is_not_postponed(cast, promise):
    Standing.objects.filter(promise=promise).update(state=Standing.State.GONE)
    page = opened(cast.manager, f"/tasks/{promise.task_id}/")
    assert f"/deadlines/{promise.pk}/#postpone" not in links(page)


def test_a_foreign_task_is_absent(cast):
    foreign = PromiseFactory(client=cast.client_b, owner=cast.manager_b.staff)
    assert browser_of(cast.manager).get(f"/tasks/{foreign.task_id}/").status_code == 404
    assert browser_of(cast.manager).get("/tasks/999999/").status_code == 404
