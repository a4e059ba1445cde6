from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from godview.access import Role, covers


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def in_force_on(self, day: date) -> Self:
        return self.filter(covers(day, start="starts_on", end="ends_on"))


class Requirement(models.Model):
    """A module that everybody in a role must pass, and by when."""

    module = models.ForeignKey(
        "training.TrainingModule", models.CASCADE, related_name="requirements"
    )
    role = models.CharField(
        max_length=20, choices=Role.choices, blank=True, help_text=gettext_lazy("Empty: everybody.")
    )
    due_within_days = models.PositiveSmallIntegerField(
        gettext_lazy("due within, days"),
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "Days after the person's start, or after this requirement's if that is later."
        ),
    )
    due_on = models.DateField(
        null=True,
        blank=True,
        help_text=gettext_lazy("One date for everybody, in place of a number of days."),
    )
    retake_within_days = models.PositiveSmallIntegerField(
        gettext_lazy("retake within, days"),
        default=14,
        help_text=gettext_lazy(
            "After a new version: how long those who passed an earlier one have."
        ),
    )
    starts_on = models.DateField(gettext_lazy("required from"))
    ends_on = models.DateField(
        null=True, blank=True, help_text=gettext_lazy("The first day it is no longer required.")
    )

    objects = RequirementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["module", "role", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="requirement_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
                violation_error_message=gettext_lazy("It must end after it starts."),
            ),
            models.CheckConstraint(
                name="requirement_is_due_in_one_way",
                condition=Q(due_within_days__isnull=True, due_on__isnull=False)
                | Q(due_within_days__isnull=False, due_on__isnull=True),
                violation_error_message=gettext_lazy(
                    "Give either a number of days or a date, and not both."
                ),
            ),
            models.UniqueConstraint(
                fields=["module", "role", "starts_on"],
                name="one_requirement_of_a_module_for_a_role_from_a_day",
                violation_error_message=gettext_lazy(
                    "That role must pass this module from that day already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module} for {self.for_whom}"

    @property
    def for_whom(self) -> str:
        return self.get_role_display() if self.role else "Everybody"
