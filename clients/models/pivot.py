from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from godview.access import ScopedQuerySet


class PivotQuerySet(ScopedQuerySet["Pivot"]):
    client_path = "goal__client"


class Pivot(models.Model):
    """What was decided because a 90-day goal was not on its way, and whether it helped."""

    class Result(models.TextChoices):
        OPEN = "open", _("Not known yet")
        HELPED = "helped", _("It helped")
        SAME = "same", _("No difference")
        WORSE = "worse", _("It got worse")

    goal = models.ForeignKey("clients.ClientGoal", models.PROTECT, related_name="pivots")
    decided_on = models.DateField()
    decided_by = models.ForeignKey("clients.Staff", models.PROTECT, related_name="pivots")
    text = models.CharField(max_length=500, help_text=_("What is done differently from now on."))
    pace_then = models.DecimalField(
        max_digits=8,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Progress of expected."),
    )
    result = models.CharField(max_length=6, choices=Result.choices, default=Result.OPEN)
    judged_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects = PivotQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.goal}: {self.text}"
