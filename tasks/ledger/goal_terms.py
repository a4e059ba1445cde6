"""Changing what was agreed as a 90-day goal: by a leader, with a reason, in everybody's sight."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.models import ClientGoal, Staff
from godview.templatetags.display import day as in_words
from tasks.ledger.client_goals import keep, terms
from tasks.ledger.events import tell
from tasks.models import Promise, PromiseEvent, Standing


@dataclass(frozen=True, slots=True)
class GoalTerms:
    """What a goal is from now on. The last day is the one by which the target must be reached."""

    baseline: Decimal
    target: Decimal
    ends_on: date

    def differ_from(self, goal: ClientGoal) -> bool:
        return (self.baseline, self.target, self.ends_on) != (
            goal.baseline,
            goal.target,
            goal.ends_on,
        )


@transaction.atomic
def change(
    *, goal: ClientGoal, to: GoalTerms, reason: str, by: Staff, now: datetime
) -> PromiseEvent:
    """What was promised first stays in the ledger; the change is told beside it."""
    row = ClientGoal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
    _refuse_what_makes_no_sense(row, to, reason, now)
    keep(ClientGoal.objects.filter(pk=row.pk), now)
    was = terms(row)
    row.baseline, row.target, row.ends_on = to.baseline, to.target, to.ends_on
    row.version += 1
    row.clean_fields()
    row.validate_constraints()
    promise = Promise.objects.get(client_goal=row)
    event = tell(
        promise,
        PromiseEvent.Kind.CHANGED,
        now=now,
        by=by,
        was=was,
        became=terms(row),
        excuse=PromiseEvent.Excuse.APPROVED,
        evidence={
            "reason": " ".join(reason.split()),
            "baseline": str(row.baseline),
            "target": str(row.target),
            "due_on": row.last_day.isoformat(),
        },
    )
    row.save()
    _follow(promise, row.last_day)
    return event


def _refuse_what_makes_no_sense(
    goal: ClientGoal, to: GoalTerms, reason: str, now: datetime
) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the client and the team will read it.")})
    if not to.differ_from(goal):
        raise ValidationError(_("Nothing would change: that is what is agreed now."))
    today = timezone.localdate(now)
    if goal.ends_on <= today:
        raise ValidationError(_("This goal is over: agree on a new one."))
    if to.ends_on <= today:
        raise ValidationError({"last_day": _("That day is over: choose today or a later one.")})
    if to.ends_on <= goal.starts_on:
        raise ValidationError(
            {
                "last_day": _("The goal starts on %(goal_starts_on)s: choose later.")
                % {"goal_starts_on": in_words(goal.starts_on)}
            }
        )


def _follow(promise: Promise, last_day: date) -> None:
    """A later last day is one more postponement of the promise."""
    standing = Standing.objects.select_for_update().get(pk=promise.pk)
    standing.postponements += last_day > standing.agreed_on
    standing.agreed_on = standing.due_on = last_day
    standing.days_slipped = max(0, (last_day - promise.due_on).days)
    standing.save()
