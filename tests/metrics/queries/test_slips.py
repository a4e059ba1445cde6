"""Deadlines that were got round or passed, as the attention list counts them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from metrics.dashboards.onward import Onward
from metrics.dashboards.reason_rows import rows_of
from metrics.queries import slips
from tasks.models import Finding, PromiseEvent, Standing
from tests.factories.cast import make_cast
from tests.factories.ledger import PromiseEventFactory, PromiseFactory, moved
from tests.metrics.views.test_pages import browser_of, text

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY = NOW.date()
Kind = PromiseEvent.Kind


@pytest.fixture
def cast():
    return make_cast()


def changed(client, days_ago=3, times=1, **more):
    promise = PromiseFactory(client=client, standing__attempts=times, **more)
    for _ in range(times):
        PromiseEventFactory(promise=promise, happened_at=NOW - timedelta(days=days_ago))
    return promise


def test_a_deadline_counts_once_however_often_it_moved_and_leads_to_exactly_its_rows(cast):
    acme = cast.client_a
    changed(acme, times=3)
    changed(acme, days_ago=27)
    PromiseEventFactory(promise=PromiseFactory(client=acme), kind=Kind.RECREATED, happened_at=NOW)
    changed(acme, days_ago=28)  # five weeks ago by now
    PromiseEventFactory(promise=PromiseFactory(client=acme), excuse="approved", happened_at=NOW)
    dismissed = moved(acme, cast.manager.staff)
    Finding.objects.filter(pk=dismissed.pk).update(state="dismissed")
    copy = changed(acme)
    Standing.objects.filter(promise=copy).update(continues=dismissed.promise)
    assert slips.moved(DAY) == {acme.pk: 3}
    assert slips.moved(DAY + timedelta(days=1)) == {acme.pk: 2}
    with time_machine.travel(NOW, tick=False):
        address = rows_of("moved", "acme", DAY, Onward())
        page = browser_of(cast.manager).get(address)
        assert page.context["counts"]["all"] == 3
        listed = text(browser_of(cast.manager).get("/attention/"))
    assert "3 deadlines moved or made anew in 4 weeks, not agreed" in listed


def test_an_overdue_task_is_one_that_was_open_on_the_day(cast):
    acme, due = cast.client_a, date(2026, 11, 9)
    PromiseFactory(client=acme, due_on=due)
    PromiseFactory(
        client=acme,
        due_on=due,
        standing__state="done",
        standing__completed_on=date(2026, 11, 12),
    )
    PromiseFactory(client=acme, due_on=DAY)
    PromiseFactory(client=acme, due_on=due, standing__agreed_on=DAY)  # postponed
    PromiseFactory(client=acme, due_on=due, standing__state="gone")
    assert slips.late(DAY) == {acme.pk: [due]}
    assert slips.late(date(2026, 11, 11)) == {acme.pk: [due, due]}
    with time_machine.travel(NOW, tick=False):
        page = browser_of(cast.manager).get(rows_of("late", "acme", DAY, Onward()))
    assert page.context["counts"]["all"] == 1
