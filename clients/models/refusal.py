from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from godview.access import ScopedQuerySet

MARK = [MinValueValidator(1), MaxValueValidator(5)]
MARKS = ("brand", "capacity", "pitch")


def _a_mark(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"refusal_{name}_is_a_mark",
        condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (1, 5)}),
        violation_error_message=_("The mark for %(name)s is a whole number from 1 to 5.")
        % {"name": name},
    )


class Refusal(models.Model):
    """A pitch that a firm turned down, and how much we would like to win it after all."""

    class Reason(models.TextChoices):
        TENDER = "tender", gettext_lazy("Lost the tender")
        PRICE = "price", gettext_lazy("Price")
        COMPETITOR = "competitor", gettext_lazy("Chose somebody else")
        IN_HOUSE = "in_house", gettext_lazy("Does it in-house")
        LATER = "later", gettext_lazy("Not now")
        SILENCE = "silence", gettext_lazy("Never answered")
        WE_DECLINED = "we_declined", gettext_lazy("We said no")
        OTHER = "other", gettext_lazy("Other")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="refusals")
    refused_on = models.DateField()
    reason = models.CharField(max_length=12, choices=Reason.choices, default=Reason.OTHER)
    note = models.CharField(max_length=500, blank=True)
    salesperson = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="refusals"
    )
    brand = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=MARK,
        help_text=gettext_lazy("1 to 5: how much we want the name."),
    )
    capacity = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=MARK,
        help_text=gettext_lazy("1 to 5: how much it could buy."),
    )
    pitch = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=MARK,
        help_text=gettext_lazy("1 to 5: how close we came; 1 is a critical blunder."),
    )
    remind_on = models.DateField(
        null=True,
        blank=True,
        help_text=gettext_lazy("When to write again, such as shortly before a release."),
    )
    reopened_on = models.DateField(
        null=True, blank=True, help_text=gettext_lazy("When we pitched again.")
    )

    objects = ScopedQuerySet["Refusal"].as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-refused_on", "client"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "refused_on"],
                name="one_refusal_of_a_client_a_day",
                violation_error_message=gettext_lazy(
                    "This firm has a refusal on this day: change that one."
                ),
            ),
            *(_a_mark(name) for name in MARKS),
        ]

    def __str__(self) -> str:
        return f"{self.client}, {self.refused_on}"
