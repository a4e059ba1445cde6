from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.stretch import ends_after_start
from godview.access import Role, covers


class StaffQuerySet(models.QuerySet["Staff"]):
    def working_on(self, day: date) -> Self:
        return self.filter(covers(day))

    def with_role(self, *roles: str) -> Self:
        return self.filter(role__in=roles)

    def named(self, reference: str) -> Self:
        """Found by what people call them: external id, slug, e-mail or full name."""
        return self.filter(
            Q(external_id=reference)
            | Q(slug=reference)
            | Q(email__iexact=reference)
            | Q(name=reference)
        )


class Staff(models.Model):
    """A member of staff, from the first day to the last."""

    external_id = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=180, unique=True)
    email = models.EmailField(unique=True, null=True, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    department = models.ForeignKey(
        "clients.Department", models.PROTECT, null=True, blank=True, related_name="staff"
    )
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(
        null=True, blank=True, help_text=_("The first day no longer with us.")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="staff"
    )

    objects = StaffQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "staff"
        constraints = [ends_after_start("staff_ends_after_start")]

    def __str__(self) -> str:
        return self.name

    def is_working_on(self, day: date) -> bool:
        return (self.started_on is None or self.started_on <= day) and (
            self.ended_on is None or day < self.ended_on
        )
