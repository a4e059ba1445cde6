"""Dated facts about one client, in one pod, of one service: in order, and never two at a time."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clients.models import Assignment, Engagement, Pause, PodMembership
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    ClientGoalFactory,
    EngagementFactory,
    FeeFactory,
    PauseFactory,
    PodMembershipFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY, JUNE = (date(2026, month, 1) for month in (3, 4, 5, 6))
STRETCHES = [EngagementFactory, PauseFactory, AssignmentFactory, PodMembershipFactory, StaffFactory]


def checked(row):
    row.full_clean()
    row.save()
    return row


@pytest.mark.parametrize("factory", STRETCHES, ids=lambda factory: factory._meta.model.__name__)
@pytest.mark.parametrize("ended_on", [MARCH, APRIL], ids=["before the start", "on the start"])
def test_what_does_not_end_after_it_starts_is_refused(factory, ended_on):
    row = factory(started_on=APRIL)
    row.ended_on = ended_on
    with pytest.raises(ValidationError, match="The end must be after the start"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("factory", [FeeFactory, ClientGoalFactory])
def test_a_fee_and_a_goal_end_after_they_start_too(factory):
    row = factory(starts_on=APRIL)
    row.ends_on = MARCH
    with pytest.raises(ValidationError, match="The end must be after the start"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def rivals(what):
    """Builds rows of a kind that compete with each other for the same days."""
    client = ClientFactory()
    if what is PodMembership:
        first = PodMembershipFactory(started_on=APRIL, ended_on=MAY)
        return lambda start, end: PodMembership(
            pod=first.pod, staff=first.staff, started_on=start, ended_on=end
        )
    what.objects.create(client=client, started_on=APRIL, ended_on=MAY)
    return lambda start, end: what(client=client, started_on=start, ended_on=end)


@pytest.mark.parametrize("what", [Engagement, Pause, Assignment, PodMembership])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        (MARCH, date(2026, 4, 2)),
        (date(2026, 4, 30), JUNE),
        (date(2026, 4, 10), date(2026, 4, 11)),
        (MARCH, JUNE),
        (MARCH, None),
        (date(2026, 4, 30), None),
    ],
    ids=["tail", "head", "inside", "around", "open around", "open head"],
)
def test_two_of_a_kind_never_share_a_day(what, start, end):
    rival = rivals(what)(start, end)
    with pytest.raises(ValidationError, match="overlaps another one"):
        rival.full_clean()


@pytest.mark.parametrize("what", [Engagement, Pause, Assignment, PodMembership])
@pytest.mark.parametrize(
    ("start", "end"), [(MARCH, APRIL), (MAY, JUNE), (MAY, None)], ids=["before", "after", "open"]
)
def test_one_may_start_on_the_day_another_ends(what, start, end):
    build = rivals(what)
    checked(build(start, end))
    assert what.objects.count() == 2


@pytest.mark.parametrize("factory", [EngagementFactory, PauseFactory, AssignmentFactory])
def test_the_database_itself_refuses_two_open_ones(factory):
    row = factory(started_on=MARCH)
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(client=row.client, started_on=APRIL)


def test_another_client_may_have_the_same_days():
    EngagementFactory(started_on=APRIL)
    checked(EngagementFactory.build(client=ClientFactory(), started_on=APRIL))


def test_a_row_does_not_compete_with_itself():
    engagement = EngagementFactory(started_on=APRIL)
    engagement.ended_on = JUNE
    checked(engagement)


def test_an_assignment_since_always_leaves_no_room_before_its_end():
    assignment = AssignmentFactory(started_on=None, ended_on=MAY)
    rival = AssignmentFactory.build(
        client=assignment.client, pod=None, account_manager=None, started_on=MARCH, ended_on=APRIL
    )
    with pytest.raises(ValidationError, match="overlaps"):
        rival.full_clean()
