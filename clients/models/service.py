from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.stretch import ends_after_start
from godview.access import covers


class ServiceQuerySet(models.QuerySet["Service"]):
    def offered_on(self, day: date) -> Self:
        return self.filter(covers(day, start="offered_from", end="offered_until"))


class Service(models.Model):
    """Something we offer. A client uses it while it pays a fee for the service by this name."""

    name = models.CharField(max_length=120, unique=True)
    offered_from = models.DateField(null=True, blank=True, help_text=_("Empty: always."))
    offered_until = models.DateField(
        null=True, blank=True, help_text=_("The first day no longer offered.")
    )

    objects = ServiceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            ends_after_start("service_ends_after_start", start="offered_from", end="offered_until")
        ]

    def __str__(self) -> str:
        return self.name
