from typing import Self

from django.db import models
from django.db.models import Q

from godview.access import ScopedQuerySet


class HelpRequestQuerySet(ScopedQuerySet["HelpRequest"]):
    def open(self) -> Self:
        return self.filter(given_at=None)


class HelpRequest(models.Model):
    """Help that somebody asked for with a goal, and who gave it."""

    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="help_requests")
    weekly_goal = models.ForeignKey(
        "tasks.WeeklyGoal", models.PROTECT, null=True, blank=True, related_name="help_requests"
    )
    client_goal = models.ForeignKey(
        "clients.ClientGoal", models.PROTECT, null=True, blank=True, related_name="help_requests"
    )
    text = models.CharField(max_length=500)
    asked_by = models.ForeignKey("clients.Staff", models.PROTECT, related_name="help_asked")
    asked_at = models.DateTimeField()
    given_by = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="help_given"
    )
    given_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["given_at", "asked_at"])]
        constraints = [
            models.CheckConstraint(
                name="help_is_asked_with_one_goal",
                condition=Q(weekly_goal__isnull=False, client_goal__isnull=True)
                | Q(weekly_goal__isnull=True, client_goal__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.text}"
