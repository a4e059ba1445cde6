"""90-day goals: one number agreed with a client, and its readings on the way."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client, ClientGoal, GoalReading, Staff
from godview.templatetags.display import day as in_words

GOAL_DAYS = 90
BACK_DATED = timedelta(days=14)


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
    today: date | None = None,
) -> ClientGoal:
    """Agree on a goal for the 90 days from `starts_on`. The one that matters most is only one.

    With `today` it may have begun a little before, but not be about what is known already.
    """
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
    if today is not None and starts_on < today - BACK_DATED:
        raise ValidationError(
            {
                "starts_on": _("Agree on it for a day from %(day)s on, not for the past.")
                % {"day": today - BACK_DATED}
            }
        )
    refuse_a_twin(goal)
    at_the_same_time = client.goals.filter(ends_on__gt=starts_on, starts_on__lt=goal.ends_on)
    goal.full_clean()
    if matters_most:
        for other in at_the_same_time.filter(matters_most=True):
            other.matters_most = False
            other.save()
    goal.save()
    return goal


def refuse_a_twin(goal: ClientGoal) -> None:
    """A client has no two goals of one name at a time, however it is written."""
    same = ClientGoal.objects.filter(client=goal.client_id, name__iexact=goal.name)
    twin = same.filter(ends_on__gt=goal.starts_on, starts_on__lt=goal.ends_on).first()
    if twin is not None:
        raise ValidationError(
            _(
                "%(client)s has the goal “%(goal)s” until %(day)s. "
                "Add readings to that one, or give this one another name."
            )
            % {"client": goal.client, "goal": twin.name, "day": in_words(twin.ends_on)}
        )


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
        raise ValidationError(_("A reading is of today or earlier: give the day it was read."))
    if not goal.starts_on <= read_on <= goal.ends_on:
        raise ValidationError(
            _(
                "This goal runs from %(start)s to %(end)s: give a day in between, "
                "or agree on a new goal."
            )
            % {"start": in_words(goal.starts_on), "end": in_words(goal.ends_on)}
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
