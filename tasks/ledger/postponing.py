"""Another day, asked for in the open: the old one counts until a director or leader agrees."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.models import Obligation, Staff
from tasks.ledger.events import tell
from tasks.models import Postponement, Promise, PromiseEvent, Standing, WeeklyGoal

Kind, Reason, State = PromiseEvent.Kind, Postponement.Reason, Postponement.State


@transaction.atomic
def ask(
    *,
    promise: Promise,
    by: Staff,
    due_on: date,
    reason: str,
    text: str,
    now: datetime,
    obligation: Obligation | None = None,
) -> Postponement:
    """Ask for a later day, with the reason. What the client blocks names what the client owes."""
    if promise.kind == Promise.Kind.CLIENT_GOAL:
        raise ValidationError(_("A leader changes a 90-day goal, with a reason, on its page."))
    standing = Standing.objects.select_for_update().get(pk=promise.pk)
    if standing.state != Standing.State.OPEN:
        raise ValidationError(_("This is not open any more: there is nothing to postpone."))
    if due_on <= standing.agreed_on:
        raise ValidationError(
            {
                "due_on": _("Choose a day after %(standing_agreed_on)s, which is agreed now.")
                % {"standing_agreed_on": f"{standing.agreed_on:%d %b %Y}"}
            }
        )
    if due_on < timezone.localdate(now):
        raise ValidationError({"due_on": _("That day is over: choose today or a later one.")})
    if obligation is not None and obligation.client_id != promise.client_id:
        raise ValidationError({"obligation": _("Another client owes us that: choose again.")})
    row = Postponement(
        promise=promise,
        due_on=due_on,
        reason=reason,
        text=" ".join(text.split()),
        obligation=obligation if reason == Reason.CLIENT else None,
        asked_by=by,
        asked_at=now,
    )
    row.full_clean()
    row.save()
    tell(
        promise,
        Kind.ASKED,
        now=now,
        by=by,
        was=standing.agreed_on.isoformat(),
        became=due_on.isoformat(),
        evidence={"postponement": row.pk, "reason": reason, "text": row.text},
    )
    return row


@transaction.atomic
def approve(*, postponement: Postponement, by: Staff, now: datetime, note: str = "") -> None:
    """From now on the new day counts; it is one more postponement of the promise."""
    # Who marks a weekly goal holds it before its standing: in the same order nobody waits in vain.
    goals = list(WeeklyGoal.objects.select_for_update().filter(promise=postponement.promise_id))
    standing = Standing.objects.select_for_update().get(pk=postponement.promise_id)
    if standing.state != Standing.State.OPEN:
        word = standing.get_state_display().lower()
        raise ValidationError(
            _("It is %(word)s by now: there is nothing to postpone. Refuse this.") % {"word": word}
        )
    row = _decided(postponement, State.APPROVED, by, now, note)
    was = standing.agreed_on
    standing.agreed_on, standing.agreed_at = row.due_on, None
    standing.postponements += 1
    standing.days_slipped = (row.due_on - row.promise.due_on).days
    in_time = _was_in_time(row, standing, was)
    standing.asked_in_time = standing.asked_in_time or in_time
    standing.for_the_client = standing.for_the_client or row.reason == Reason.CLIENT
    standing.save()
    _put_off(goals, now)
    _tell(row, Kind.POSTPONED, was, by, now, in_time=in_time)


def _was_in_time(row: Postponement, standing: Standing, agreed_on: date) -> bool:
    """By the promised day; or, once it had been put off in time, by the day agreed then."""
    last = agreed_on if standing.asked_in_time else row.promise.due_on
    return timezone.localdate(row.asked_at) <= last


def _put_off(goals: list[WeeklyGoal], now: datetime) -> None:
    """A weekly goal was put off in its own week, and is not met there."""
    for goal in goals:
        goal.status, goal.closed_at, goal.version = goal.Status.POSTPONED, now, goal.version + 1
        goal.save()


@transaction.atomic
def refuse(*, postponement: Postponement, by: Staff, now: datetime, note: str = "") -> None:
    """The old day stands."""
    row = _decided(postponement, State.REFUSED, by, now, note)
    _tell(row, Kind.REFUSED, row.promise.standing.agreed_on, by, now)


def _decided(
    postponement: Postponement, state: str, by: Staff, now: datetime, note: str
) -> Postponement:
    row = Postponement.objects.select_for_update(of=("self",)).get(pk=postponement.pk)
    if row.state != State.ASKED:
        word = row.get_state_display().lower()
        raise ValidationError(_("Somebody was quicker: it is %(word)s already.") % {"word": word})
    if by.pk == row.asked_by_id:
        raise ValidationError(_("Who asks cannot agree: another director or leader decides."))
    row.state, row.decided_by, row.decided_at, row.note = state, by, now, note.strip()
    row.full_clean()
    row.save()
    return row


def _tell(
    row: Postponement,
    kind: PromiseEvent.Kind,
    was: date,
    by: Staff,
    now: datetime,
    **evidence: bool,
) -> None:
    tell(
        row.promise,
        kind,
        now=now,
        by=by,
        was=was.isoformat(),
        became=row.due_on.isoformat(),
        evidence={"postponement": row.pk, "reason": row.reason, "note": row.note, **evidence},
    )
