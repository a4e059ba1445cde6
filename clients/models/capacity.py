from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.fee import currency_code
from godview.access import ScopedQuerySet


class Capacity(models.Model):
    """What a client could buy from us in a year, if all went well, as judged from a day on."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="capacities")
    starts_on = models.DateField()
    amount = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=_("A year's worth of what we could offer and deliver."),
    )
    currency = models.CharField(max_length=3, validators=[currency_code])
    note = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet["Capacity"].as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["client", "-starts_on"]
        verbose_name_plural = "capacities"
        constraints = [
            models.UniqueConstraint(
                fields=["client", "starts_on"],
                name="one_capacity_of_a_client_from_a_day",
                violation_error_message=_("This client has a capacity from this day: change that."),
            ),
            models.CheckConstraint(
                name="capacity_is_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("A capacity is never below zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.amount} {self.currency} a year"
