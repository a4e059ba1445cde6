"""The end of serving a client."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from clients.models import Client, Engagement


@transaction.atomic
def end_engagement(*, client: Client, on: date) -> Engagement:
    """`on` is the first day no longer served; fees that run on end with it."""
    engagement = client.engagements.select_for_update().filter(ended_on=None).first()
    if engagement is None:
        raise ValidationError(f"{client} has no open engagement to end.")
    if engagement.started_on >= on:
        raise ValidationError(
            f"{client} is served from {engagement.started_on}: the end must be later."
        )
    engagement.ended_on = on
    engagement.full_clean()
    engagement.save()
    for fee in client.fees.filter(ends_on=None, starts_on__lt=on):
        fee.ends_on = on
        fee.full_clean()
        fee.save()
    for pause in client.pauses.filter(ended_on=None, started_on__lt=on):
        pause.ended_on = on
        pause.full_clean()
        pause.save()
    return engagement
