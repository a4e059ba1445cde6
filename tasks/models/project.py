from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from godview.access import ScopedQuerySet
from tasks.models.mapping import MatchedBy


class ProjectQuerySet(ScopedQuerySet["Project"]):
    def in_asana(self) -> Self:
        return self.filter(deleted_at=None)

    def to_read(self) -> Self:
        return self.in_asana().filter(left_out=False)

    def unmatched(self) -> Self:
        return self.to_read().filter(client=None, archived=False)


class Project(models.Model):
    """A project in Asana, and the client or department it is worked on for."""

    connection = models.ForeignKey("tasks.AsanaConnection", models.PROTECT, related_name="projects")
    gid = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=500, blank=True)
    archived = models.BooleanField(default=False)
    created_at = models.DateTimeField(null=True, blank=True)
    client = models.ForeignKey(
        "clients.Client", models.SET_NULL, null=True, blank=True, related_name="projects"
    )
    department = models.ForeignKey(
        "clients.Department", models.SET_NULL, null=True, blank=True, related_name="projects"
    )
    matched_by = models.CharField(
        max_length=8, choices=MatchedBy.choices, default=MatchedBy.NOBODY, blank=True
    )
    left_out = models.BooleanField(
        default=False, help_text=_("Not the agency's work: its tasks are not read.")
    )
    deleted_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When we found that Asana no longer has it.")
    )
    observed_at = models.DateTimeField()

    objects = ProjectQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["name", "archived", "created_at", "deleted_at", "observed_at"]
    )

    class Meta:
        ordering = ["name", "gid"]

    def __str__(self) -> str:
        return self.name or f"Project {self.gid}"

    @property
    def asana_url(self) -> str:
        return f"https://app.asana.com/0/{self.gid}/list"
