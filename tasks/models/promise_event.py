from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from godview.access import ScopedQuerySet
from tasks.models.promise import KnownBy


class PromiseEventQuerySet(ScopedQuerySet["PromiseEvent"]):
    client_path = "promise__client"

    def attempts(self) -> Self:
        """Changes of a promise that nobody had agreed to."""
        return self.filter(kind__in=PromiseEvent.ATTEMPTS, excuse="")

    def unagreed(self) -> Self:
        """Those that no director has found to be in order."""
        return self.attempts().exclude(finding__state="dismissed")


class PromiseEvent(models.Model):
    """Something that happened to a promise: what, from what to what, who, when, how we know."""

    class Kind(models.TextChoices):
        MOVED = "moved", _("Due date moved")
        CLEARED = "cleared", _("Due date taken away")
        DELETED = "deleted", _("Deleted in Asana")
        RESTORED = "restored", _("Back in Asana")
        REMOVED = "removed", _("Taken out of the client’s projects")
        RETURNED = "returned", _("Back in the client’s projects")
        SUBTASK = "subtask", _("Made a subtask of something else")
        REOPENED = "reopened", _("Opened again after it was done")
        RECREATED = "recreated", _("Made anew as another task")
        CHANGED = "changed", _("Its number or words changed")
        MET = "met", _("Hit")
        MISSED = "missed", _("Missed")
        UNMARKED = "unmarked", _("Mark taken back")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        ASKED = "asked", _("Postponement asked for")
        POSTPONED = "postponed", _("Postponement approved")
        REFUSED = "refused", _("Postponement refused")
        CONFIRMED = "confirmed", _("Finding confirmed")
        DISMISSED = "dismissed", _("Finding dismissed")

    class Excuse(models.TextChoices):
        APPROVED = "approved", _("It was approved")
        RECURRING = "recurring", _("A task that repeats rolled over")
        ROLLUP = "rollup", _("Asana moved it to cover its subtasks")
        SAME_DAY = "same_day", _("The same day, written in another way")
        EARLIER = "earlier", _("Not later than was promised")
        DONE = "done", _("It was done by then")

    ATTEMPTS = (
        Kind.MOVED,
        Kind.CLEARED,
        Kind.DELETED,
        Kind.REMOVED,
        Kind.SUBTASK,
        Kind.REOPENED,
        Kind.RECREATED,
    )

    promise = models.ForeignKey("tasks.Promise", models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    was = models.CharField(max_length=300, blank=True)
    now = models.CharField(max_length=300, blank=True)
    actor = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="promise_events"
    )
    actor_name = models.CharField(
        max_length=300,
        blank=True,
        help_text=_("As Asana names who did it; empty: not known."),
    )
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    known_by = models.CharField(max_length=8, choices=KnownBy.choices)
    excuse = models.CharField(max_length=9, choices=Excuse.choices, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    twin = models.ForeignKey("tasks.Task", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PromiseEventQuerySet.as_manager()

    class Meta:
        ordering = ["happened_at", "pk"]
        indexes = [
            models.Index(fields=["promise", "happened_at"]),
            models.Index(fields=["kind", "happened_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.promise}"
