from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from godview.access import ScopedQuerySet


class ObligationQuerySet(ScopedQuerySet["Obligation"]):
    def open(self) -> Self:
        return self.filter(answered_at__isnull=True)

    def overdue_at(self, moment: datetime) -> Self:
        """Due by `moment` and not answered by then."""
        return self.filter(asked_at__lte=moment, due_at__lte=moment).filter(
            Q(answered_at__isnull=True) | Q(answered_at__gt=moment)
        )


class Obligation(models.Model):
    """Something the client owes us under the agreement: an answer, or being there on time."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("Reply")
        ATTEND = "attend", _("Attend")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="obligations")
    agreement = models.ForeignKey(
        "clients.SignedAgreement", models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.REPLY)
    text = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="obligations_asked"
    )
    due_at = models.DateTimeField(
        help_text=_("Worked out in business time of the client's calendar.")
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    objects = ObligationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["client", "due_at"])]
        constraints = [
            models.CheckConstraint(
                name="obligation_is_due_after_it_is_asked", condition=Q(due_at__gte=F("asked_at"))
            ),
            models.CheckConstraint(
                name="obligation_is_answered_after_it_is_asked",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")),
                violation_error_message=_("The answer cannot come before the question."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.text}"

    def is_overdue_at(self, moment: datetime) -> bool:
        answered_by_then = self.answered_at is not None and self.answered_at <= moment
        return self.due_at <= moment and not answered_by_then
