from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from godview.access import ScopedQuerySet


class Decision(models.Model):
    """What a meeting decided for a client. What is to be done becomes a fixed weekly goal."""

    class Choice(models.TextChoices):
        KEEP = "keep", _("Keep going")
        PIVOT = "pivot", _("Pivot: change the tactic")
        PEOPLE = "people", _("Change who works on it")
        ESCALATE = "escalate", _("Escalate to leadership")
        PART = "part", _("Part ways")

    meeting = models.ForeignKey("tasks.Meeting", models.PROTECT, related_name="decisions")
    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="decisions")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    text = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="decisions_owned"
    )
    due_on = models.DateField(null=True, blank=True)
    weekly_goal = models.OneToOneField(
        "tasks.WeeklyGoal", models.PROTECT, null=True, blank=True, related_name="decision"
    )
    decided_by = models.ForeignKey("clients.Staff", models.PROTECT, related_name="decisions_made")
    decided_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet["Decision"].as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "client"],
                name="a_meeting_decides_once_for_a_client",
                violation_error_message=_("This client has a decision already: change that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.get_choice_display()}"
