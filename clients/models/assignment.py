from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.stretch import ends_after_start, refuse_overlap
from godview.access import ScopedQuerySet, covers


class AssignmentQuerySet(ScopedQuerySet["Assignment"]):
    def on(self, day: date) -> Self:
        return self.filter(covers(day))


class Assignment(models.Model):
    """Which pod and which account manager answer for a client, and since when.

    A client who leaves keeps the last assignment, so that history names who answered for them.
    """

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="assignments")
    pod = models.ForeignKey(
        "clients.Pod", models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    account_manager = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    started_on = models.DateField(
        null=True, blank=True, help_text=_("Empty: since the client began.")
    )
    ended_on = models.DateField(
        null=True, blank=True, help_text=_("The first day of the next one.")
    )

    objects = AssignmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["client", "started_on"]
        indexes = [models.Index(fields=["pod", "client"]), models.Index(fields=["account_manager"])]
        constraints = [
            ends_after_start("assignment_ends_after_start"),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(ended_on__isnull=True),
                name="one_open_assignment_for_a_client",
                violation_error_message=_(
                    "This client has an open assignment: end that one first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.account_manager or _('nobody')}, {self.pod or _('no pod')}"

    def clean(self) -> None:
        if self.client_id:
            refuse_overlap(self, "assignment", client=self.client)
