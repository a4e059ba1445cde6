from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.fee import currency_code
from godview.access import ScopedQuerySet


class Cost(models.Model):
    """Money spent on a day to do the work, to keep a client, or to win one."""

    class Kind(models.TextChoices):
        TIME = "time", _("Work: time spent")
        PASS_THROUGH = "pass_through", _("Work: passed through, such as ad spend")
        GIFT = "gift", _("Keeping: gift")
        EVENT = "event", _("Keeping: event")
        DISCOUNT = "discount", _("Keeping: discount")
        EXTRA = "extra", _("Keeping: extra, not charged")
        PAYROLL = "payroll", _("Keeping: payroll")
        FIXED_SHARE = "fixed_share", _("Keeping: share of fixed costs")
        SALES = "sales", _("Winning: sales")
        ADVERTISING = "advertising", _("Winning: advertising")

    DELIVERY = (Kind.TIME, Kind.PASS_THROUGH)
    OPERATING = (Kind.GIFT, Kind.EVENT, Kind.DISCOUNT, Kind.EXTRA)
    KEEPING = (*OPERATING, Kind.PAYROLL, Kind.FIXED_SHARE)
    WINNING = (Kind.SALES, Kind.ADVERTISING)

    client = models.ForeignKey(
        "clients.Client",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="costs",
        help_text=_("Empty: spent on all of them together."),
    )
    spent_on = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(max_length=3, validators=[currency_code])
    hours = models.DecimalField(
        max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    note = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet["Cost"].as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-spent_on", "client", "kind"]
        indexes = [models.Index(fields=["spent_on", "kind"])]
        constraints = [
            models.CheckConstraint(
                name="cost_is_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("A cost is never below zero."),
            ),
            models.CheckConstraint(
                name="delivery_is_for_a_client",
                condition=~Q(kind__in=["time", "pass_through"]) | Q(client__isnull=False),
                violation_error_message=_(
                    "Time and pass-through are spent on one client: name it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.client or _('all clients')}: {self.amount}"
