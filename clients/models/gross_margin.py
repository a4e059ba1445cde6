from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class GrossMargin(models.Model):
    """The share of revenue kept after direct work and pass-through, from a day on."""

    starts_on = models.DateField(unique=True)
    share = models.DecimalField(
        max_digits=5, decimal_places=4, help_text=_("0.4 is 40 %. It may be below zero.")
    )
    note = models.CharField(max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="gross_margin_is_at_most_all",
                condition=Q(share__lte=1),
                violation_error_message=_("A margin is a share of at most 1: 0.4 for 40 per cent."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.share} from {self.starts_on}"
