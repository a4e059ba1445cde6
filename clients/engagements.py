"""The end of serving a client."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client, Engagement
from godview.templatetags.display import day as in_words


@transaction.atomic
def end_engagement(*, client: Client, on: date) -> Engagement:
    """`on` is the first day no longer served; fees that run on end with it."""
    engagement = client.engagements.select_for_update().filter(ended_on=None).first()
    if engagement is None:
        raise ValidationError(_("%(client)s has no open engagement to end.") % {"client": client})
    if engagement.started_on >= on:
        raise ValidationError(
            _("%(client)s is served from %(engagement_started_on)s: the end must be later.")
            % {"client": client, "engagement_started_on": in_words(engagement.started_on)}
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
