"""A habit is agreed to be practised, and measured again: before and after."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Staff
from godview.templatetags.display import day as in_words
from training.models import CoachingPlan

USUAL_WEEKS = timedelta(weeks=13)


@transaction.atomic
def plan(
    *, staff: Staff, coach: Staff, habit: str, steps: str, value: float | None, today: date
) -> CoachingPlan:
    """The value before is the one of the day on which it is agreed."""
    row = CoachingPlan(
        staff=staff,
        coach=coach,
        habit=habit,
        steps=steps,
        starts_on=today,
        review_on=today + USUAL_WEEKS,
        value_before=value,
    )
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def review(*, row: CoachingPlan, value: float | None, result: str, today: date) -> CoachingPlan:
    """What the habit is now, and what the two make of it."""
    kept = CoachingPlan.objects.select_for_update().get(pk=row.pk)
    if kept.reviewed_on is not None:
        raise ValidationError(
            _("This plan was reviewed on %(kept_reviewed_on)s.")
            % {"kept_reviewed_on": in_words(kept.reviewed_on)}
        )
    kept.value_after, kept.result, kept.reviewed_on = value, result, today
    kept.save()
    return kept
