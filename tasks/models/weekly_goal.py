from datetime import date, datetime, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from clients.models.monday import a_monday
from godview.access import ScopedQuerySet
from tasks.weeks import locks_at


class WeeklyGoalQuerySet(ScopedQuerySet["WeeklyGoal"]):
    def of_week(self, week_starts_on: date) -> Self:
        return self.filter(week_starts_on=week_starts_on)

    def committed(self) -> Self:
        """Those that were there when the week was locked: the denominator of the hit rate."""
        return self.filter(unplanned=False)


class WeeklyGoal(models.Model):
    """What a manager promised a client for one week, Monday to Sunday. It is due on the Sunday."""

    class Status(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        MET = "met", gettext_lazy("Hit")
        MISSED = "missed", gettext_lazy("Missed")
        POSTPONED = "postponed", gettext_lazy("Postponed")
        DELETED = "deleted", gettext_lazy("Withdrawn")

    # From the moment it is promised; the database sees to it, too.
    FIXED = ("client_id", "manager_id", "week_starts_on", "text", "unplanned", "committed_at")

    # The constraint and the index below are those of the client and the manager, too.
    client = models.ForeignKey(
        "clients.Client", models.CASCADE, related_name="weekly_goals", db_index=False
    )
    manager = models.ForeignKey(
        "clients.Staff", models.PROTECT, related_name="weekly_goals", db_index=False
    )
    client_goal = models.ForeignKey(
        "clients.ClientGoal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="weekly_goals",
        help_text=gettext_lazy("The 90-day goal it serves. Empty: openly none."),
    )
    task = models.ForeignKey(
        "tasks.Task",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="weekly_goals",
        help_text=gettext_lazy("The task in Asana that it is worked on in."),
    )
    week_starts_on = models.DateField(validators=[a_monday])
    text = models.CharField(max_length=300)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    committed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=gettext_lazy("When it was promised; from then on its words are fixed."),
    )
    unplanned = models.BooleanField(
        default=False,
        help_text=gettext_lazy(
            "Added after the week was locked: done or not, it is not in the hit rate."
        ),
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = WeeklyGoalQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-week_starts_on", "client", "pk"]
        indexes = [
            models.Index(fields=["week_starts_on", "status"]),
            models.Index(fields=["manager", "week_starts_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "week_starts_on", "text"],
                name="a_weekly_goal_is_set_once",
                violation_error_message=gettext_lazy(
                    "This client has this goal for this week already."
                ),
            ),
            models.CheckConstraint(name="a_weekly_goal_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.client}, week of {self.week_starts_on}: {self.text}"

    @property
    def due_on(self) -> date:
        return self.week_starts_on + timedelta(days=6)

    def is_locked_at(self, moment: datetime) -> bool:
        """Once promised, or past the week's commit moment, words and week are facts.

        The clock decides, so a goal is locked in time even when no job ran to say so.
        """
        promised = self.committed_at is not None and self.committed_at <= moment
        return promised or locks_at(self.week_starts_on) <= moment

    def clean(self) -> None:
        if self.client_goal is not None and self.client_goal.client_id != self.client_id:
            raise ValidationError(
                {
                    "client_goal": _("“%(client_goal_name)s” is another client's: choose again.")
                    % {"client_goal_name": self.client_goal.name}
                }
            )
        if self.pk:
            self._refuse_a_changed_promise()

    def _refuse_a_changed_promise(self) -> None:
        before = WeeklyGoal.objects.filter(pk=self.pk, committed_at__isnull=False)
        promise = before.values(*WeeklyGoal.FIXED).first()
        if promise and any(getattr(self, name) != value for name, value in promise.items()):
            raise ValidationError(
                _(
                    "This goal was promised, so its client, manager, week and words are fixed. "
                    "Mark it missed and set a new one for the next week."
                )
            )
