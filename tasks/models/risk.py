from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from godview.access import ScopedQuerySet


class RiskQuerySet(ScopedQuerySet["Risk"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Risk(models.Model):
    """What may go wrong with a client soon, told before it does, and what we do about it."""

    class Outcome(models.TextChoices):
        AVOIDED = "avoided", _("Did not happen")
        HAPPENED = "happened", _("Happened")

    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="risks")
    text = models.CharField(_("what may happen"), max_length=300)
    answer = models.CharField(_("what we do about it"), max_length=300, blank=True)
    owner = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="risks_owned"
    )
    due_on = models.DateField(null=True, blank=True)
    told_by = models.ForeignKey("clients.Staff", models.PROTECT, related_name="risks_told")
    told_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RiskQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-told_at", "-pk"]
        indexes = [models.Index(fields=["closed_at", "due_on"])]

    def __str__(self) -> str:
        return f"{self.client}: {self.text}"
