from datetime import date, timedelta
from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from clients.models.stretch import ends_after_start
from godview.access import ScopedQuerySet, covers


class ClientGoalQuerySet(ScopedQuerySet["ClientGoal"]):
    def running_on(self, day: date) -> Self:
        return self.filter(covers(day, start="starts_on", end="ends_on"))


class ClientGoal(models.Model):
    """A 90-day goal: one number, where it stood, where it must be, and by when."""

    # From the day it was agreed; the ledger and the database see to it, too.
    FIXED = ("client_id", "name", "unit", "baseline", "target", "starts_on", "ends_on")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="goals")
    name = models.CharField(max_length=200)
    unit = models.CharField(
        max_length=40, blank=True, help_text=gettext_lazy("Such as €, leads / mo or %.")
    )
    baseline = models.DecimalField(max_digits=15, decimal_places=4)
    target = models.DecimalField(max_digits=15, decimal_places=4)
    starts_on = models.DateField()
    ends_on = models.DateField(
        help_text=gettext_lazy("The first day after it; 90 days after the start.")
    )
    matters_most = models.BooleanField(default=False)
    version = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text=gettext_lazy("One more with each change that a leader made."),
    )
    agreed_by = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="goals_agreed"
    )

    objects = ClientGoalQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["client", "-starts_on", "-matters_most", "name"]
        indexes = [models.Index(fields=["starts_on", "ends_on"])]
        constraints = [
            ends_after_start("client_goal_ends_after_start", start="starts_on", end="ends_on"),
            models.CheckConstraint(
                name="client_goal_moves",
                condition=~Q(baseline=F("target")),
                violation_error_message=gettext_lazy(
                    "The target must differ from where it stands today."
                ),
            ),
            models.UniqueConstraint(
                fields=["client", "name", "starts_on"], name="one_goal_by_a_name_from_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.name}"

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    def is_reached_by(self, value: Decimal) -> bool:
        """Whether the number is at the target or beyond, for goals that go down too."""
        way = self.target - self.baseline
        return (value - self.baseline) / way >= 1

    def clean(self) -> None:
        before = ClientGoal.objects.filter(pk=self.pk).values(*self.FIXED).first()
        if before and any(getattr(self, name) != value for name, value in before.items()):
            raise ValidationError(
                _(
                    "What was agreed is locked: a leader changes it on the goal's page in "
                    "Deadlines, with a reason that stays in sight."
                )
            )


class GoalReading(models.Model):
    """What a 90-day goal's number was on a day."""

    goal = models.ForeignKey(ClientGoal, models.CASCADE, related_name="readings")
    read_on = models.DateField()
    value = models.DecimalField(max_digits=15, decimal_places=4)
    staff = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="readings"
    )
    note = models.CharField(max_length=300, blank=True)

    class GoalReadingQuerySet(ScopedQuerySet["GoalReading"]):
        client_path = "goal__client"

    objects = GoalReadingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["goal", "read_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "read_on"],
                name="one_reading_of_a_goal_a_day",
                violation_error_message=gettext_lazy(
                    "This goal has a reading for that day: change that one."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.value} on {self.read_on}"
