from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from clients.assignments import assign
from clients.models import Assignment
from tests.factories.clients import AssignmentFactory, ClientFactory, PodFactory, StaffFactory

TODAY = date(2026, 11, 18)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(TODAY, tick=False)]


def test_the_first_assignment_begins_that_day():
    client, pod = ClientFactory(), PodFactory()
    row = assign(client=client, pod=pod, on=TODAY)
    assert row is not None
    assert (row.pod, row.account_manager, row.started_on) == (pod, None, TODAY)


def test_handing_over_ends_one_and_begins_the_next():
    before = AssignmentFactory()
    pod = PodFactory()
    after = assign(client=before.client, pod=pod, on=TODAY)
    before.refresh_from_db()
    assert after is not None
    assert (before.ended_on, after.started_on, after.ended_on) == (TODAY, TODAY, None)
    assert (after.pod, after.account_manager) == (pod, before.account_manager)


def test_who_is_named_already_stays_without_a_trace():
    row = AssignmentFactory()
    assert assign(client=row.client, pod=row.pod, on=TODAY) is None
    assert Assignment.objects.count() == 1
    assert row.history.count() == 1


def test_a_slip_of_the_same_day_is_put_right_in_place():
    row = AssignmentFactory(started_on=TODAY)
    manager = StaffFactory()
    assign(client=row.client, account_manager=manager, on=TODAY)
    assert Assignment.objects.get().account_manager == manager


def test_a_handover_that_is_planned_already_is_not_overtaken():
    row = AssignmentFactory(started_on=TODAY + timedelta(days=7))
    with pytest.raises(ValidationError, match="is handed over on 25 Nov already"):
        assign(client=row.client, pod=PodFactory(), on=TODAY)
