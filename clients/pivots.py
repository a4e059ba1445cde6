"""What is done differently because a 90-day goal is not on its way, and whether it helped."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import ClientGoal, Pivot, Staff
from godview.templatetags.display import day as in_words

Result = Pivot.Result
VERDICTS: Final = (Result.HELPED, Result.SAME, Result.WORSE)


@transaction.atomic
def decide(
    *, goal: ClientGoal, text: str, by: Staff, today: date, pace_then: Decimal | None = None
) -> Pivot:
    """From today something is done differently for a goal that runs."""
    if not goal.starts_on <= today < goal.ends_on:
        raise ValidationError(
            _("This goal runs from %(goal_starts_on)s to %(goal_ends_on)s: agree on a new one.")
            % {"goal_starts_on": in_words(goal.starts_on), "goal_ends_on": in_words(goal.ends_on)}
        )
    pivot = Pivot(
        goal=goal, decided_on=today, decided_by=by, text=" ".join(text.split()), pace_then=pace_then
    )
    pivot.full_clean()
    pivot.save()
    return pivot


@transaction.atomic
def judge(*, pivot: Pivot, result: str, note: str, today: date) -> Pivot:
    """Say once whether it helped: on a later day than it was decided."""
    row = Pivot.objects.select_for_update(of=("self",)).get(pk=pivot.pk)
    if row.result != Result.OPEN:
        word = row.get_result_display().lower()
        raise ValidationError(
            _("This was judged on %(row_judged_on)s (%(word)s); that is final.")
            % {"row_judged_on": in_words(row.judged_on), "word": word}
        )
    if result not in VERDICTS:
        raise ValidationError(_("It helped, made no difference, or made it worse: choose one."))
    if today <= row.decided_on:
        raise ValidationError(_("It was decided today: give it time, and judge it later."))
    row.result, row.judged_on, row.note = result, today, note.strip()
    row.full_clean()
    row.save()
    return row
