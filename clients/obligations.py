"""What a client owes us under the agreement: asked, due in the client's own business time."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.agreements import DEFAULT_REPLY_BUSINESS_DAYS, current_agreement
from clients.contacting import log_touchpoint
from clients.models import Client, Obligation, Staff

WENT_AHEAD = "No answer: we went ahead."


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
        raise ValidationError(
            _("The clock starts when the client is asked: give a moment not ahead.")
        )
    if meets_at is not None and meets_at < asked_at:
        raise ValidationError(_("The meeting is before the invitation: correct one of the two."))
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
        told = {"day": f"{when:%d %b %Y}", "time": f"{when:%H:%M}"}
        raise ValidationError(_("This was answered on %(day)s at %(time)s already.") % told)
    if answered_at > now:
        raise ValidationError(_("An answer has come by now: give a moment that is not ahead."))
    row.answered_at, row.answer = answered_at, answer.strip()
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def go_ahead(
    *, obligation: Obligation, notice: str, channel: str, by: Staff | None, now: datetime
) -> Obligation:
    """The client's time is over: we go on without an answer, and the client hears so from us.

    The clock stops now, so it stays known as late; what we told counts as a contact.
    """
    if obligation.kind != Obligation.Kind.REPLY:
        raise ValidationError(_("Only what waits for an answer can go ahead without one."))
    if not obligation.is_overdue_at(now):
        raise ValidationError(_("The client still has time to answer: go ahead once it is over."))
    row = answer(obligation=obligation, answered_at=now, now=now, answer=WENT_AHEAD)
    log_touchpoint(
        client=row.client, channel=channel, happened_at=now, now=now, staff=by, note=notice
    )
    return row
