from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from godview.access import ScopedQuerySet


class AttentionCaseQuerySet(ScopedQuerySet["AttentionCase"]):
    def open(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def awake_on(self, day: date) -> Self:
        return self.open().filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=day))


class AttentionCase(models.Model):
    """A client that needs a decision: who sees to it, by when, and how it ended."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="attention_cases")
    opened_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="attention_cases"
    )
    next_action = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    snoozed_until = models.DateField(
        null=True, blank=True, help_text=_("The first day on which it is shown again.")
    )
    snooze_reason = models.CharField(max_length=300, blank=True)
    closed_by = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="attention_closed"
    )
    close_reason = models.CharField(
        max_length=300,
        blank=True,
        help_text=_("Empty when it ended by itself."),
    )
    version = models.PositiveIntegerField(default=1)

    objects = AttentionCaseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-opened_on", "client"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(ended_on__isnull=True),
                name="one_open_case_of_a_client",
            )
        ]

    def __str__(self) -> str:
        return f"{self.client}, since {self.opened_on}"


class CrossingQuerySet(ScopedQuerySet["Crossing"]):
    client_path = "case__client"

    def standing(self) -> Self:
        return self.filter(cleared_on__isnull=True)


class Crossing(models.Model):
    """One rule that a client began to break. It fires once, until it is kept again."""

    case = models.ForeignKey(AttentionCase, models.CASCADE, related_name="crossings")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="crossings")
    rule = models.CharField(max_length=30)
    bad = models.BooleanField(default=False)
    fact = models.CharField(max_length=300, help_text=_("What was true when it was crossed."))
    crossed_on = models.DateField()
    cleared_on = models.DateField(null=True, blank=True)

    objects = CrossingQuerySet.as_manager()

    class Meta:
        ordering = ["-crossed_on", "rule"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "rule"],
                condition=Q(cleared_on__isnull=True),
                name="one_standing_crossing_of_a_rule",
            )
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.rule} since {self.crossed_on}"
