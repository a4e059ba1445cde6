from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.models import Fee, GoalReading, Touchpoint
from metrics.queries.stamps import read_stamps, with_history
from tasks.models import SyncRun, Task
from tests.factories.clients import FeeFactory, GoalReadingFactory, TouchpointFactory
from tests.factories.world import make_connection

pytestmark = pytest.mark.django_db


def changed_by(deed, *models):
    before = read_stamps()
    deed()
    after = read_stamps()
    assert (before == after) == (before.of(*models) == after.of(*models))
    return before.of(*models) != after.of(*models)


def test_nothing_happened_nothing_changed():
    TouchpointFactory()
    assert not changed_by(lambda: None, *with_history(), Task)
    assert hash(read_stamps()) == hash(read_stamps())


def test_a_new_a_changed_and_a_deleted_row_each_change_the_stamp():
    fee = FeeFactory()
    assert changed_by(FeeFactory, Fee)
    fee.amount += 1
    assert changed_by(fee.save, Fee)
    assert changed_by(fee.delete, Fee)


def test_deleting_many_at_once_changes_it_too():
    TouchpointFactory.create_batch(3)
    assert changed_by(lambda: Touchpoint.objects.all().delete(), Touchpoint)


def test_a_stamp_of_some_models_keeps_still_when_others_change():
    FeeFactory()
    before = read_stamps()
    GoalReadingFactory()
    after = read_stamps()
    assert before.of(Fee) == after.of(Fee)
    assert before.of(GoalReading) != after.of(GoalReading)


def test_tasks_change_while_asana_is_being_read():
    connection_to_asana = make_connection()
    run = SyncRun.objects.create(
        connection=connection_to_asana, asked_at=datetime(2026, 11, 19, tzinfo=UTC)
    )

    def a_page():
        SyncRun.objects.filter(pk=run.pk).update(tasks_written=100)

    assert changed_by(a_page, Task)
    assert not changed_by(a_page, Task)


def test_it_is_one_query_whatever_is_asked():
    with CaptureQueriesContext(connection) as captured:
        read_stamps()
    assert len(captured) == 1


def test_it_looks_at_every_model_that_writes_a_history():
    assert {Fee, GoalReading, Touchpoint} <= set(with_history())
    assert len(with_history()) > 40


def test_after_a_change_it_is_looked_at_again_until_all_is_calm(monkeypatch):
    """A transaction that ran beside the change may be committed after it, with a lower number."""
    clock = [1000.0]
    monkeypatch.setattr("metrics.queries.stamps.monotonic", lambda: clock[0])
    FeeFactory()
    seen = set()
    for second in range(600):
        clock[0] = 1000.0 + second
        seen.add(read_stamps().of(Fee))
        if second == 300:
            settled = len(seen)
    assert settled == len(seen) == 8
    FeeFactory()
    assert read_stamps().of(Fee) not in seen
