from datetime import date
from typing import Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class LimitQuerySet(models.QuerySet["Limit"]):
    def on(self, day: date) -> Self:
        """Of each key the one in force on a day."""
        same = Limit.objects.filter(key=OuterRef("key"), starts_on__lte=day)
        return self.filter(pk=Subquery(same.order_by("-starts_on").values("pk")[:1]))


class Limit(models.Model):
    """Where a rule alarms, or a number stops being good, as the agency set it from a day on."""

    key = models.CharField(max_length=60, help_text=_("A rule of the attention list, or a metric."))
    starts_on = models.DateField()
    value = models.FloatField()
    set_by = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="limits_set"
    )
    note = models.CharField(max_length=300, blank=True)

    objects = LimitQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["key", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "starts_on"],
                name="one_limit_from_a_day",
                violation_error_message=_("This limit is set from this day already: change that."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.value:g} from {self.starts_on}"
