from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DeadLetterQuerySet(models.QuerySet["DeadLetter"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)


class DeadLetter(models.Model):
    """A request to Asana that failed for good: kept until somebody sends it again or lets it be."""

    class Kind(models.TextChoices):
        PROJECT = "project", _("Reading a project")
        SUBTASKS = "subtasks", _("Reading subtasks")
        TASK = "task", _("Reading a task")
        EVENTS = "events", _("Reading events")
        STORIES = "stories", _("Reading stories")
        WEBHOOK = "webhook", _("Setting up a webhook")
        WRITE = "write", _("Writing a task")

    connection = models.ForeignKey(
        "tasks.AsanaConnection", models.CASCADE, related_name="dead_letters"
    )
    project = models.ForeignKey("tasks.Project", models.CASCADE, null=True, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    key = models.CharField(max_length=200, help_text=_("What was asked for: Asana's number of it."))
    error = models.CharField(max_length=200, help_text=_("What kind of error it was."))
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    phrase = models.CharField(
        max_length=300,
        blank=True,
        help_text=_("Asana's own name of the failure, for its support."),
    )
    body = models.CharField(max_length=2048, blank=True)
    attempts = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    replayed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = DeadLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "kind", "key"],
                condition=Q(settled_at=None),
                name="one_open_letter_about_a_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}: {self.error}"
