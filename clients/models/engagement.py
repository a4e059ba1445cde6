from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.stretch import ends_after_start, refuse_overlap
from godview.access import ScopedQuerySet, covers


class EngagementQuerySet(ScopedQuerySet["Engagement"]):
    def on(self, day: date) -> Self:
        return self.filter(covers(day))


class Engagement(models.Model):
    """A stretch in which we served a client. One who leaves and comes back has two."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="engagements")
    started_on = models.DateField()
    ended_on = models.DateField(
        null=True, blank=True, help_text=_("The first day no longer served.")
    )
    notice_on = models.DateField(
        _("notice given on"),
        null=True,
        blank=True,
        help_text=_("When the client said that it leaves."),
    )

    objects = EngagementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["client", "started_on"]
        indexes = [models.Index(fields=["started_on", "ended_on"])]
        constraints = [
            ends_after_start("engagement_ends_after_start"),
            models.UniqueConstraint(
                fields=["client", "started_on"], name="one_engagement_starts_on_a_day"
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(ended_on__isnull=True),
                name="one_open_engagement_for_a_client",
                violation_error_message=_(
                    "This client has an open engagement: end that one first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}, {self.started_on} to {self.ended_on or 'today'}"

    def clean(self) -> None:
        if self.client_id and self.started_on:
            refuse_overlap(self, "engagement", client=self.client)
