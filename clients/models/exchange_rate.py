from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.fee import currency_code


class ExchangeRate(models.Model):
    """What one unit of a currency is worth in the reporting currency, from a day on."""

    currency = models.CharField(max_length=3, validators=[currency_code])
    starts_on = models.DateField()
    rate = models.DecimalField(max_digits=15, decimal_places=8)

    history = HistoricalRecords()

    class Meta:
        ordering = ["currency", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "starts_on"], name="one_rate_for_a_currency_on_a_day"
            ),
            models.CheckConstraint(
                name="exchange_rate_is_positive",
                condition=Q(rate__gt=0),
                violation_error_message=_("An exchange rate is above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.rate} from {self.starts_on}"
