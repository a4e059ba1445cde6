from datetime import date
from typing import Self

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.stretch import ends_after_start
from godview.access import ScopedQuerySet, covers

currency_code = RegexValidator(r"^[A-Z]{3}$", _("Write the currency as three letters, like EUR."))


class FeeQuerySet(ScopedQuerySet["Fee"]):
    def on(self, day: date) -> Self:
        return self.filter(covers(day, start="starts_on", end="ends_on"))


class Fee(models.Model):
    """What a client pays for one service, at one price, from a day until a day.

    A new price is a new row: the old one ends on the day the new one starts.
    """

    class Per(models.TextChoices):
        MONTH = "month", _("a month")
        QUARTER = "quarter", _("a quarter")
        HALF_YEAR = "half_year", _("a half-year")
        YEAR = "year", _("a year")
        WEEK = "week", _("a week")
        ONCE = "once", _("once")

    class FinanceModel(models.TextChoices):
        RETAINER = "retainer", _("Retainer")
        FIXED_PRICE = "fixed_price", _("Fixed price")
        TIME_AND_MATERIALS = "time_and_materials", _("Time and materials")
        OUT_STAFF = "out_staff", _("Out-staff")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="fees")
    service = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(
        null=True, blank=True, help_text=_("The first day no longer charged.")
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(max_length=3, validators=[currency_code])
    per = models.CharField(max_length=10, choices=Per.choices, default=Per.MONTH)
    finance_model = models.CharField(
        max_length=20, choices=FinanceModel.choices, default=FinanceModel.RETAINER
    )

    objects = FeeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["client", "service", "starts_on"]
        indexes = [models.Index(fields=["starts_on", "ends_on"])]
        constraints = [
            ends_after_start("fee_ends_after_start", start="starts_on", end="ends_on"),
            models.CheckConstraint(
                name="fee_is_not_negative",
                condition=models.Q(amount__gte=0),
                violation_error_message=_("A fee is never below zero."),
            ),
            models.UniqueConstraint(
                fields=["client", "service", "starts_on"],
                name="one_fee_for_a_service_starts_on_a_day",
                violation_error_message=_("This client has a fee for this service from this day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.amount} {self.currency} {self.get_per_display()}"
