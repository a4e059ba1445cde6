from django.db import models
from simple_history.models import HistoricalRecords


class SegmentRule(models.Model):
    """How we work with the clients of a segment, where the agency says it differently from us."""

    code = models.CharField(
        max_length=20, unique=True, help_text="An RCM code such as 551, or star, cow, problem, dog."
    )
    rule = models.CharField(max_length=300)

    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.rule}"
