from django.db import models
from simple_history.models import HistoricalRecords


class ProcessChange(models.Model):
    """A change in how we work, as a mark on every trend: did it help?"""

    happened_on = models.DateField()
    title = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-happened_on", "title"]
        constraints = [
            models.UniqueConstraint(fields=["happened_on", "title"], name="one_change_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.happened_on}"
