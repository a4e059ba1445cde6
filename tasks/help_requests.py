"""Help that somebody asks for with a goal, and who gave it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client, ClientGoal, Staff
from tasks.models import HelpRequest, WeeklyGoal


@transaction.atomic
def ask(
    *, client: Client, goal: WeeklyGoal | ClientGoal, text: str, by: Staff, now: datetime
) -> HelpRequest:
    """Ask for help with a weekly or a 90-day goal of a client."""
    if goal.client_id != client.pk:
        raise ValidationError(_("This goal is another client's: choose one of theirs."))
    row = HelpRequest(
        client=client,
        weekly_goal=goal if isinstance(goal, WeeklyGoal) else None,
        client_goal=goal if isinstance(goal, ClientGoal) else None,
        text=" ".join(text.split()),
        asked_by=by,
        asked_at=now,
    )
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def give(*, request: HelpRequest, answer: str, by: Staff, now: datetime) -> HelpRequest:
    """Somebody else helped, and says how. It is given once."""
    row = HelpRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.given_at is not None:
        raise ValidationError(_("Somebody was quicker: this help was given already."))
    if row.asked_by_id == by.pk:
        raise ValidationError(_("Who asks for help does not give it: whoever helped says so."))
    row.given_by, row.given_at, row.answer = by, now, " ".join(answer.split())
    row.full_clean()
    row.save()
    return row
