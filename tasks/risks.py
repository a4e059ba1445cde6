"""What may go wrong with a client: told before it does, answered, and closed."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client, Staff
from tasks.models import Risk


@transaction.atomic
def tell(
    *,
    client: Client,
    text: str,
    by: Staff,
    now: datetime,
    answer: str = "",
    owner: Staff | None = None,
    due_on: date | None = None,
) -> Risk:
    """Somebody says what may happen; what we do about it may come later."""
    row = Risk(client=client, text=_line(text), told_by=by, told_at=now)
    row.answer, row.owner, row.due_on = _line(answer), owner, due_on
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def answer(*, risk: Risk, answer: str, owner: Staff | None, due_on: date | None) -> Risk:
    """What we do about it, who does it and by when. It may be written again while it is open."""
    row = _open(risk)
    row.answer, row.owner, row.due_on = _line(answer), owner, due_on
    row.version += 1
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def close(*, risk: Risk, outcome: str, now: datetime) -> Risk:
    """It happened, or it did not: either way it is over."""
    row = _open(risk)
    if outcome not in Risk.Outcome:
        raise ValidationError(_("Say what came of it: did it happen?"))
    row.outcome, row.closed_at = outcome, now
    row.version += 1
    row.full_clean()
    row.save()
    return row


def _open(risk: Risk) -> Risk:
    row = Risk.objects.select_for_update(of=("self",)).get(pk=risk.pk)
    if row.closed_at is not None:
        raise ValidationError(_("This risk was closed already. Tell a new one if it is back."))
    return row


def _line(text: str) -> str:
    return " ".join(text.split())
