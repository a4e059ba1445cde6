from typing import Self

from django.db import models

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
        MOVED = "moved", "Due date moved"
        CLEARED = "cleared", "Due date taken away"
        DELETED = "deleted", "Deleted in Asana"
        RESTORED = "restored", "Back in Asana"
        REMOVED = "removed", "Taken out of the client’s projects"
        RETURNED = "returned", "Back in the client’s projects"
        SUBTASK = "subtask", "Made a subtask of something else"
        REOPENED = "reopened", "Opened again after it was done"
        RECREATED = "recreated", "Made anew as another task"
        CHANGED = "changed", "Its number or words changed"
        MET = "met", "Hit"
        MISSED = "missed", "Missed"
        UNMARKED = "unmarked", "Mark taken back"
        WITHDRAWN = "withdrawn", "Withdrawn"
        ASKED = "asked", "Postponement asked for"
        POSTPONED = "postponed", "Postponement approved"
        REFUSED = "refused", "Postponement refused"
        CONFIRMED = "confirmed", "Finding confirmed"
        DISMISSED = "dismissed", "Finding dismissed"

    class Excuse(models.TextChoices):
        APPROVED = "approved", "It was approved"
        RECURRING = "recurring", "A task that repeats rolled over"
        ROLLUP = "rollup", "Asana moved it to cover its subtasks"
        SAME_DAY = "same_day", "The same day, written in another way"
        EARLIER = "earlier", "Not later than was promised"
        DONE = "done", "It was done by then"

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
        max_length=300, blank=True, help_text="As Asana names who did it; empty: not known."
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
