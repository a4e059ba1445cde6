from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from godview.access import covers
from training.access import OwnTrainingQuerySet


class CompletionQuerySet(OwnTrainingQuerySet["Completion"]):
    def in_date_on(self, day: date) -> Self:
        return self.filter(covers(day, start="completed_on", end="expires_on"))


class Completion(models.Model):
    """The dated fact that a person passed a version, and until when that counts."""

    staff = models.ForeignKey("clients.Staff", models.PROTECT, related_name="completions")
    version = models.ForeignKey(
        "training.ModuleVersion", models.PROTECT, related_name="completions"
    )
    completed_on = models.DateField()
    expires_on = models.DateField(
        null=True,
        blank=True,
        help_text=gettext_lazy("The first day it no longer counts. Empty: never."),
    )
    attempt = models.OneToOneField(
        "training.Attempt", models.PROTECT, null=True, blank=True, related_name="completion"
    )
    evidence = models.CharField(
        max_length=300,
        blank=True,
        help_text=gettext_lazy("Without an attempt: how we know, such as a certificate."),
    )

    objects = CompletionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-completed_on", "-pk"]
        indexes = [models.Index(fields=["staff", "version", "completed_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "version", "completed_on"],
                name="one_completion_of_a_version_a_day",
                violation_error_message=gettext_lazy(
                    "This person completed this version on that day already."
                ),
            ),
            models.CheckConstraint(
                name="completion_expires_after_it_begins",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("completed_on")),
                violation_error_message=gettext_lazy("It must expire after it was completed."),
            ),
            models.CheckConstraint(
                name="completion_has_an_attempt_or_evidence",
                condition=Q(attempt__isnull=False) | ~Q(evidence=""),
                violation_error_message=gettext_lazy(
                    "Without an attempt, say how we know: a certificate, say."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff} passed {self.version} on {self.completed_on}"

    def clean(self) -> None:
        if self.attempt_id is None and not self.evidence:
            raise ValidationError(
                {"evidence": _("Say how we know: a certificate, a classroom test.")}
            )
        known = bool(self.version_id and self.completed_on)
        if known and not self.version.is_published_on(self.completed_on):
            raise ValidationError(
                {
                    "completed_on": _("%(version)s was not published yet on that day.")
                    % {"version": self.version}
                }
            )
