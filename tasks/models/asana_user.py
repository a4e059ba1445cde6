from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tasks.models.mapping import MatchedBy


class AsanaUserQuerySet(models.QuerySet["AsanaUser"]):
    def unmatched(self) -> Self:
        """Nobody has said yet who they are, nor that they are nobody of ours."""
        return self.filter(staff=None, deleted_at=None).exclude(matched_by=MatchedBy.PERSON)


class AsanaUser(models.Model):
    """A person as Asana knows them, and the member of staff they are."""

    connection = models.ForeignKey(
        "tasks.AsanaConnection", models.PROTECT, related_name="asana_users"
    )
    gid = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=320, blank=True)
    staff = models.ForeignKey(
        "clients.Staff", models.SET_NULL, null=True, blank=True, related_name="asana_users"
    )
    matched_by = models.CharField(
        max_length=8, choices=MatchedBy.choices, default=MatchedBy.NOBODY, blank=True
    )
    deleted_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("When Asana no longer listed them in the workspace."),
    )
    observed_at = models.DateTimeField()

    objects = AsanaUserQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["name", "email", "deleted_at", "observed_at"])

    class Meta:
        ordering = ["name", "gid"]
        verbose_name = "Asana user"

    def __str__(self) -> str:
        return self.name or f"Asana user {self.gid}"
