from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.agency_date import AgencyDateField
from godview.access import ScopedQuerySet


class TouchpointQuerySet(ScopedQuerySet["Touchpoint"]):
    def qualifying(self) -> Self:
        """Those in which the client heard from us as a person."""
        return self.filter(qualifies=True)

    def by(self, day: date) -> Self:
        return self.filter(happened_on__lte=day)


class Touchpoint(models.Model):
    """One dated contact between a client and us."""

    class Channel(models.TextChoices):
        CALL = "call", _("Call")
        MEETING = "meeting", _("Meeting")
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS")
        CHAT = "chat", _("Chat message")
        MISSED_CALL = "missed_call", _("Missed call")
        REPORT = "report", _("Automatic report")
        NEWSLETTER = "newsletter", _("Newsletter")
        NOTE = "note", _("Internal note")

    class Direction(models.TextChoices):
        OUTBOUND = "outbound", _("From us")
        INBOUND = "inbound", _("From the client")

    SPOKEN = (Channel.CALL, Channel.MEETING)
    WRITTEN = (Channel.EMAIL, Channel.SMS, Channel.CHAT)

    # The indexes below are those of the client and of the person, too.
    client = models.ForeignKey(
        "clients.Client", models.CASCADE, related_name="touchpoints", db_index=False
    )
    contact = models.ForeignKey(
        "clients.Contact", models.SET_NULL, null=True, blank=True, related_name="touchpoints"
    )
    staff = models.ForeignKey(
        "clients.Staff",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="touchpoints",
        db_index=False,
    )
    happened_at = models.DateTimeField()
    happened_on = AgencyDateField(of="happened_at")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    direction = models.CharField(
        max_length=8, choices=Direction.choices, default=Direction.OUTBOUND
    )
    automatic = models.BooleanField(
        default=False,
        help_text=_("Sent by a system, not by a person: it never counts as contact."),
    )
    note = models.TextField(blank=True)
    qualifies = models.GeneratedField(
        expression=Case(
            When(
                Q(automatic=False)
                & (Q(channel__in=SPOKEN) | Q(channel__in=WRITTEN, direction=Direction.OUTBOUND)),
                then=Value(True),
            ),
            default=Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = TouchpointQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["qualifies"])

    class Meta:
        ordering = ["-happened_at"]
        indexes = [
            models.Index(fields=["client", "happened_at"]),
            models.Index(
                fields=["client", "happened_on"],
                name="touchpoint_qualifying",
                condition=Q(qualifies=True),
            ),
            models.Index(fields=["staff", "happened_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} with {self.client}, {self.happened_on}"
