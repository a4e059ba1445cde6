"""Logging that we were in contact with a client."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.models import Client, Contact, Staff, Touchpoint
from godview.templatetags.display import day as in_words

BACK_DATED_DAYS = 7
TAKEN_BACK_WITHIN = timedelta(hours=1)


@transaction.atomic
def log_touchpoint(
    *,
    client: Client,
    channel: str,
    happened_at: datetime,
    now: datetime,
    direction: str = Touchpoint.Direction.OUTBOUND,
    staff: Staff | None = None,
    contact: Contact | None = None,
    automatic: bool = False,
    note: str = "",
) -> Touchpoint:
    """One contact, by the person who had it: today, or up to 7 days ago, never ahead."""
    if happened_at > now:
        raise ValidationError(
            _("A contact is logged after it took place: give a moment not ahead.")
        )
    earliest = timezone.localdate(now) - timedelta(days=BACK_DATED_DAYS)
    if timezone.localdate(happened_at) < earliest:
        raise ValidationError(
            _(
                "A contact can be logged up to %(days)s days later, so from %(day)s on. "
                "Ask an administrator to import older ones."
            )
            % {"days": BACK_DATED_DAYS, "day": in_words(earliest)}
        )
    if contact is not None and contact.client_id != client.pk:
        told = {"person": contact.name, "client": client}
        raise ValidationError(
            _("%(person)s is not with %(client)s: choose one of their people.") % told
        )
    touchpoint = Touchpoint(
        client=client,
        contact=contact,
        staff=staff,
        happened_at=happened_at,
        channel=channel,
        direction=direction,
        automatic=automatic,
        note=note.strip(),
    )
    touchpoint.full_clean()
    touchpoint.save()
    return touchpoint


@transaction.atomic
def take_back(*, touchpoint: Touchpoint, staff: Staff | None, now: datetime) -> None:
    """Within an hour, by the person who logged it; the history keeps both."""
    logged = touchpoint.history.earliest().history_date
    if staff is None or touchpoint.staff_id != staff.pk or now - logged > TAKEN_BACK_WITHIN:
        raise ValidationError(
            _("A contact is taken back within an hour, by the person who logged it.")
        )
    touchpoint.delete()
