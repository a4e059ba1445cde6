from datetime import date
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.fee import currency_code
from godview.access import ScopedQuerySet


class InvoiceQuerySet(ScopedQuerySet["Invoice"]):
    def late_on(self, day: date) -> Self:
        """Due before `day` and not paid by then."""
        unpaid = Q(paid_on__isnull=True) | Q(paid_on__gt=day)
        return self.filter(unpaid, issued_on__lte=day, due_on__lt=day)


class Invoice(models.Model):
    """What a client was asked to pay, by when, and when it did. Due on its day until midnight."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="invoices")
    number = models.CharField(max_length=80)
    issued_on = models.DateField()
    due_on = models.DateField()
    paid_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(max_length=3, validators=[currency_code])

    objects = InvoiceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-due_on", "client", "number"]
        indexes = [models.Index(fields=["due_on", "paid_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "number"],
                name="one_invoice_by_a_number",
                violation_error_message=_("This client has an invoice by this number."),
            ),
            models.CheckConstraint(
                name="invoice_is_due_after_it_is_issued",
                condition=Q(due_on__gte=F("issued_on")),
                violation_error_message=_("An invoice is due on the day it is issued, or later."),
            ),
            models.CheckConstraint(
                name="invoice_is_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("An invoice is never below zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.number}"
