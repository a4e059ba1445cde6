"""90-day goals: one number agreed with a client, and its readings on the way."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from clients.models import Client, ClientGoal, GoalReading, Staff

GOAL_DAYS = 90


@transaction.atomic
def agree(
    *,
    client: Client,
    name: str,
    baseline: Decimal,
    target: Decimal,
    starts_on: date,
    unit: str = "",
    matters_most: bool = False,
    agreed_by: Staff | None = None,
) -> ClientGoal:
    """Agree on a goal for the 90 days from `starts_on`. The one that matters most is only one."""
    goal = ClientGoal(
        client=client,
        name=name.strip(),
        unit=unit.strip(),
        baseline=baseline,
        target=target,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=GOAL_DAYS),
        matters_most=matters_most,
        agreed_by=agreed_by,
    )
    at_the_same_time = client.goals.filter(ends_on__gt=starts_on, starts_on__lt=goal.ends_on)
    twin = at_the_same_time.filter(name__iexact=goal.name).first()
    if twin is not None:
        raise ValidationError(
            f"{client} has the goal “{twin.name}” until {twin.ends_on}. "
            "Add readings to that one, or give this one another name."
        )
    goal.full_clean()
    if matters_most:
        for other in at_the_same_time.filter(matters_most=True):
            other.matters_most = False
            other.save()
    goal.save()
    return goal


@transaction.atomic
def add_reading(
    *,
    goal: ClientGoal,
    value: Decimal,
    read_on: date,
    today: date,
    staff: Staff | None = None,
    note: str = "",
) -> GoalReading:
    """What the goal's number was on a day; one a day."""
    if read_on > today:
        raise ValidationError("A reading is of today or earlier: give the day it was read.")
    if not goal.starts_on <= read_on <= goal.ends_on:
        raise ValidationError(
            f"This goal runs from {goal.starts_on} to {goal.ends_on}: give a day in between, "
            "or agree on a new goal."
        )
    reading = GoalReading(goal=goal, read_on=read_on, value=value, staff=staff, note=note.strip())
    reading.full_clean()
    reading.save()
    return reading


@transaction.atomic
def correct_reading(*, reading: GoalReading, value: Decimal, note: str = "") -> GoalReading:
    """Put a mistyped reading right; the history keeps what it said before."""
    row = GoalReading.objects.select_for_update().get(pk=reading.pk)
    row.value, row.note = value, note.strip() or row.note
    row.full_clean()
    row.save()
    return row
