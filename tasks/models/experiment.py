from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from clients.models.stretch import ends_after_start
from godview.access import ScopedQuerySet

SHARE = [MinValueValidator(Decimal("0.0001")), MaxValueValidator(Decimal("0.9999"))]


class Experiment(models.Model):
    """A test of variants against a control, with the plan that will judge it.

    The plan is fixed before the first reading: how many visitors, how sure, and by which rule it
    may be stopped. The verdict is worked out from the readings; nobody writes it.
    """

    class Rule(models.TextChoices):
        FIXED = "fixed", gettext_lazy("Judged once, at the planned sample")
        SEQUENTIAL = "sequential", gettext_lazy("May be judged at any time, with a wider interval")

    PLAN = (
        "metric",
        "rule",
        "alpha",
        "power",
        "baseline_rate",
        "smallest_lift",
        "planned_per_arm",
        "started_on",
    )

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="experiments")
    designer = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="experiments"
    )
    tactic = models.ForeignKey(
        "tasks.Tactic", models.SET_NULL, null=True, blank=True, related_name="experiments"
    )
    name = models.CharField(max_length=200)
    page = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("What is tested, and where.")
    )
    hypothesis = models.CharField(max_length=500, blank=True)
    metric = models.CharField(max_length=120, default="Conversion rate")
    rule = models.CharField(max_length=10, choices=Rule.choices, default=Rule.FIXED)
    alpha = models.DecimalField(
        max_digits=5,
        decimal_places=4,
        default=Decimal("0.05"),
        validators=SHARE,
        help_text=gettext_lazy("0.05 for 95 % confidence."),
    )
    power = models.DecimalField(
        max_digits=5, decimal_places=4, default=Decimal("0.8"), validators=SHARE
    )
    baseline_rate = models.DecimalField(
        max_digits=5,
        decimal_places=4,
        validators=SHARE,
        help_text=gettext_lazy("What the control converts today: 0.04 for 4 %."),
    )
    smallest_lift = models.DecimalField(
        max_digits=5,
        decimal_places=4,
        validators=SHARE,
        help_text=gettext_lazy(
            "The smallest difference worth finding, in points: 0.01 for 4 % to 5 %."
        ),
    )
    planned_per_arm = models.PositiveIntegerField(
        validators=[MinValueValidator(100)], help_text=gettext_lazy("Visitors for each variant.")
    )
    started_on = models.DateField()
    ended_on = models.DateField(
        null=True, blank=True, help_text=gettext_lazy("The day it was stopped.")
    )
    note = models.CharField(max_length=500, blank=True)

    objects = ScopedQuerySet["Experiment"].as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-started_on", "client", "name"]
        constraints = [
            ends_after_start("experiment_ends_after_start"),
            models.UniqueConstraint(
                fields=["client", "name"],
                name="one_experiment_by_a_name",
                violation_error_message=gettext_lazy("This client has an experiment by this name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.name}"

    def is_running_on(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)

    def clean(self) -> None:
        before = Experiment.objects.filter(pk=self.pk).values(*self.PLAN).first()
        changed = before and any(getattr(self, name) != old for name, old in before.items())
        if changed and ArmReading.objects.filter(arm__experiment=self.pk).exists():
            raise ValidationError(
                _(
                    "The plan is fixed since the first reading. Stop this experiment and start "
                    "another."
                )
            )


class ExperimentArm(models.Model):
    """The control, or one variant."""

    class ExperimentArmQuerySet(ScopedQuerySet["ExperimentArm"]):
        client_path = "experiment__client"

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="arms")
    name = models.CharField(max_length=120)
    is_control = models.BooleanField(default=False)

    objects = ExperimentArmQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["experiment", "-is_control", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["experiment", "name"],
                name="one_arm_by_a_name",
                violation_error_message=gettext_lazy("This experiment has a variant by this name."),
            ),
            models.UniqueConstraint(
                fields=["experiment"],
                condition=Q(is_control=True),
                name="one_control_of_an_experiment",
                violation_error_message=gettext_lazy("This experiment has a control already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.experiment}, {self.name}"


class ArmReading(models.Model):
    """How many visitors and conversions a variant has had since the start, on a day."""

    class ArmReadingQuerySet(ScopedQuerySet["ArmReading"]):
        client_path = "arm__experiment__client"

    arm = models.ForeignKey(ExperimentArm, models.CASCADE, related_name="readings")
    read_on = models.DateField()
    visitors = models.PositiveIntegerField(help_text=gettext_lazy("All since the start."))
    conversions = models.PositiveIntegerField(help_text=gettext_lazy("All since the start."))

    objects = ArmReadingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["arm", "-read_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["arm", "read_on"],
                name="one_reading_of_an_arm_a_day",
                violation_error_message=gettext_lazy(
                    "This variant has a reading for that day: change that."
                ),
            ),
            models.CheckConstraint(
                name="conversions_are_of_visitors",
                condition=Q(conversions__lte=F("visitors")),
                violation_error_message=gettext_lazy(
                    "There cannot be more conversions than visitors."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arm}: {self.conversions} of {self.visitors} on {self.read_on}"
