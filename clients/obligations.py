"""What a client owes us under the agreement: asked, due in the client's own business time."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from clients.agreements import DEFAULT_REPLY_BUSINESS_DAYS, current_agreement
from clients.models import Client, Obligation, Staff


@transaction.atomic
def ask(
    *,
    client: Client,
    text: str,
    asked_at: datetime,
    now: datetime,
    kind: str = Obligation.Kind.REPLY,
    asked_by: Staff | None = None,
    meets_at: datetime | None = None,
) -> Obligation:
    """Start the client's clock: one business day, or what their signed agreement says.

    To show up at a meeting is due when the meeting starts (`meets_at`).
    """
    obligation = draft(
        client=client,
        text=text,
        asked_at=asked_at,
        now=now,
        kind=kind,
        asked_by=asked_by,
        meets_at=meets_at,
    )
    obligation.save()
    return obligation


def draft(
    *,
    client: Client,
    text: str,
    asked_at: datetime,
    now: datetime,
    kind: str = Obligation.Kind.REPLY,
    asked_by: Staff | None = None,
    meets_at: datetime | None = None,
) -> Obligation:
    """What the client would owe, checked but not saved yet: for forms."""
    if asked_at > now:
        raise ValidationError("The clock starts when the client is asked: give a moment not ahead.")
    if meets_at is not None and meets_at < asked_at:
        raise ValidationError("The meeting is before the invitation: correct one of the two.")
    agreement = current_agreement(client, timezone.localdate(asked_at))
    days = agreement.reply_business_days if agreement else DEFAULT_REPLY_BUSINESS_DAYS
    obligation = Obligation(
        client=client,
        agreement=agreement,
        kind=kind,
        text=text.strip(),
        asked_at=asked_at,
        asked_by=asked_by,
        due_at=meets_at or client.calendar().due(asked_at, days),
    )
    obligation.full_clean()
    return obligation


@transaction.atomic
def answer(
    *, obligation: Obligation, answered_at: datetime, now: datetime, answer: str = ""
) -> Obligation:
    """Stop the clock. A late answer stays late: what was due when is never rewritten."""
    row = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if row.answered_at is not None:
        when = timezone.localtime(row.answered_at)
        raise ValidationError(f"This was answered on {when:%d %b %Y at %H:%M} already.")
    if answered_at > now:
        raise ValidationError("An answer has come by now: give a moment that is not ahead.")
    row.answered_at, row.answer = answered_at, answer.strip()
    row.full_clean()
    row.save()
    return row
