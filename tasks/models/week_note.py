from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.monday import a_monday
from godview.access import ScopedQuerySet


class WeekNote(models.Model):
    """What a manager tells the pod about a client's week, in one line."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="week_notes")
    week_starts_on = models.DateField(validators=[a_monday])
    text = models.CharField(max_length=500, blank=True)
    staff = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="week_notes"
    )
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet["WeekNote"].as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-week_starts_on", "client"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "week_starts_on"],
                name="one_note_for_a_client_a_week",
                violation_error_message=_("This client has a note for this week: change that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.client}, week of {self.week_starts_on}: {self.text}"
