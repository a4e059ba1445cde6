from datetime import date, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from clients.models.stretch import ends_after_start
from godview.access import ScopedQuerySet


class TacticQuerySet(ScopedQuerySet["Tactic"]):
    def closed_by(self, day: date) -> Self:
        return self.filter(ended_on__lte=day).exclude(outcome=Tactic.Outcome.RUNNING)


class Tactic(models.Model):
    """Something tried for a client to move a number, with the rule that will judge it.

    The rule (metric, threshold, window) is fixed before the start, so that nobody can choose
    afterwards what counts as a win.
    """

    class Outcome(models.TextChoices):
        RUNNING = "running", gettext_lazy("Running")
        WIN = "win", gettext_lazy("Won")
        LOSS = "loss", gettext_lazy("Lost")
        INCONCLUSIVE = "inconclusive", gettext_lazy("No difference")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="tactics")
    manager = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="tactics"
    )
    name = models.CharField(max_length=200)
    metric = models.CharField(
        max_length=120, blank=True, help_text=gettext_lazy("What must move, such as CPA.")
    )
    threshold = models.CharField(
        max_length=120, blank=True, help_text=gettext_lazy("How far, such as −10 %.")
    )
    window_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=gettext_lazy("How many days it is given.")
    )
    started_on = models.DateField()
    ended_on = models.DateField(
        null=True, blank=True, help_text=gettext_lazy("The day of the verdict.")
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.RUNNING)
    note = models.CharField(max_length=500, blank=True)

    objects = TacticQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-started_on", "client", "name"]
        indexes = [models.Index(fields=["ended_on", "outcome"])]
        constraints = [
            ends_after_start("tactic_ends_after_start"),
            models.UniqueConstraint(
                fields=["client", "name", "started_on"],
                name="a_tactic_starts_once_on_a_day",
                violation_error_message=gettext_lazy(
                    "This client has a tactic by this name from this day."
                ),
            ),
            models.CheckConstraint(
                name="a_judged_tactic_has_ended",
                condition=Q(outcome="running") | Q(ended_on__isnull=False),
                violation_error_message=gettext_lazy(
                    "A verdict needs the day on which the tactic ended."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.name}"

    @property
    def window_ends_on(self) -> date | None:
        """The first day on which the rule can be read; None for a tactic without a rule."""
        if self.window_days is None:
            return None
        return self.started_on + timedelta(days=self.window_days)

    def clean(self) -> None:
        if self.pk and self._rule_changed():
            raise ValidationError(
                _(
                    "The verdict rule is fixed when a tactic is entered and cannot be changed. "
                    "End this tactic as inconclusive and start another one."
                )
            )

    def _rule_changed(self) -> bool:
        before = Tactic.objects.filter(pk=self.pk).first()
        rule = ("metric", "threshold", "window_days", "started_on")
        return before is not None and any(getattr(self, n) != getattr(before, n) for n in rule)
