from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.stretch import ends_after_start, refuse_overlap
from godview.access import ScopedQuerySet


class Pause(models.Model):
    """A stretch in which a client stays ours but pays nothing. A long one counts as a loss."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="pauses")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text=_("The first day served again."))
    reason = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet["Pause"].as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["client", "started_on"]
        constraints = [
            ends_after_start("pause_ends_after_start"),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(ended_on__isnull=True),
                name="one_open_pause_for_a_client",
                violation_error_message=_("This client is paused already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client} paused from {self.started_on}"

    def clean(self) -> None:
        if self.client_id and self.started_on:
            refuse_overlap(self, "pause", client=self.client)
