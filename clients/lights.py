"""Marking how a client's week went: green, yellow or red."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.models import Client, Staff, TrafficLight


@transaction.atomic
def mark(
    *,
    client: Client,
    week_starts_on: date,
    color: str,
    now: datetime,
    note: str = "",
    staff: Staff | None = None,
) -> TrafficLight:
    """Mark a week that has begun. Marking again adds a row; what was said before stays known."""
    light = TrafficLight(
        client=client,
        week_starts_on=week_starts_on,
        color=color,
        note=note.strip(),
        staff=staff,
        marked_at=now,
    )
    light.full_clean()
    refuse_a_week_ahead(week_starts_on, now)
    light.save()
    return light


def light_of(client: Client, week_starts_on: date) -> TrafficLight | None:
    """How the week is marked now; nothing if nobody marked it."""
    rows = TrafficLight.objects.filter(client=client, week_starts_on=week_starts_on)
    return rows.order_by("-marked_at", "-pk").first()


def refuse_a_week_ahead(week_starts_on: date, now: datetime) -> None:
    today = timezone.localdate(now)
    if week_starts_on > today:
        monday = today - timedelta(days=today.weekday())
        raise ValidationError(
            {
                "week_starts_on": _("A week is marked when it has begun: %(monday)s or earlier.")
                % {"monday": monday}
            }
        )
