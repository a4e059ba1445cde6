from django.db import models
from django.utils.translation import gettext_lazy as _

from godview.access import ScopedQuerySet


class WarningScore(models.Model):
    """How worried we should have been about a client on a day, and why. Counted from the facts."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="warning_scores")
    as_of = models.DateField()
    score = models.FloatField(
        null=True, help_text=_("0 is calm, 100 is worst. Empty: nothing known.")
    )
    parts = models.JSONField(default=list)

    objects = ScopedQuerySet["WarningScore"].as_manager()

    class Meta:
        ordering = ["-as_of", "-score"]
        constraints = [
            models.UniqueConstraint(fields=["client", "as_of"], name="one_warning_score_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.client}, {self.as_of}: {self.score}"
