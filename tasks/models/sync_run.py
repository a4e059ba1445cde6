from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SyncRunQuerySet(models.QuerySet["SyncRun"]):
    def unfinished(self) -> Self:
        return self.filter(finished_at=None)

    def abandoned_at(self, moment: datetime) -> Self:
        """Unfinished, and nobody has been working on it lately."""
        return self.unfinished().filter(
            Q(leased_until=None) | Q(leased_until__lt=moment),
            Q(resume_at=None) | Q(resume_at__lte=moment),
        )


class SyncRun(models.Model):
    """One read of a workspace: how far it is, what it cost, and what went wrong."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for a worker")
        RUNNING = "running", _("Reading")
        DONE = "done", _("Done")
        PARTLY = "partly", _("Done, with some projects unread")
        FAILED = "failed", _("Failed")

    class Phase(models.TextChoices):
        PEOPLE = "people", _("People and projects")
        TASKS = "tasks", _("Tasks")
        SUBTASKS = "subtasks", _("Subtasks")
        MISSING = "missing", _("Missing tasks")

    connection = models.ForeignKey("tasks.AsanaConnection", models.CASCADE, related_name="runs")
    full = models.BooleanField(default=False, help_text=_("List everything, not only changes."))
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.PEOPLE)
    reason = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    units_total = models.PositiveIntegerField(default=0)
    units_done = models.PositiveIntegerField(default=0)
    requests = models.PositiveIntegerField(default=0)
    refusals = models.PositiveIntegerField(
        default=0, help_text=_("Answers 429: too many requests.")
    )
    tasks_seen = models.PositiveIntegerField(default=0)
    tasks_written = models.PositiveIntegerField(default=0)
    seconds_worked = models.FloatField(default=0)
    problems = models.JSONField(default=list, blank=True)

    leased_by = models.UUIDField(null=True, blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    resume_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SyncRunQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection"],
                condition=Q(finished_at=None),
                name="one_unfinished_run_for_a_connection",
            )
        ]

    def __str__(self) -> str:
        return f"{self.connection}, {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def tasks_per_second(self) -> float | None:
        return self.tasks_seen / self.seconds_worked if self.seconds_worked else None

    @property
    def requests_per_minute(self) -> float | None:
        return self.requests / self.seconds_worked * 60 if self.seconds_worked else None

    @property
    def phase_number(self) -> int:
        return list(self.Phase.values).index(self.phase) + 1

    @property
    def time_left(self) -> timedelta | None:
        """At the pace so far; None while too little is known."""
        if self.is_finished or not self.units_done or not self.seconds_worked:
            return None
        left = max(0, self.units_total - self.units_done)
        return timedelta(seconds=round(self.seconds_worked / self.units_done * left))

    def lease(self, owner: UUID, moment: datetime, length: timedelta) -> bool:
        """Take the right to work on this run; false when another worker has it, or it must wait."""
        due = Q(resume_at=None) | Q(resume_at__lte=moment)
        free = Q(leased_by=owner) | Q(leased_by=None) | Q(leased_until__lt=moment)
        return bool(
            SyncRun.objects.unfinished()
            .filter(free, due, pk=self.pk)
            .update(leased_by=owner, leased_until=moment + length)
        )

    def finish(self, state: str, moment: datetime, reason: str = "", **fields: Any) -> None:
        SyncRun.objects.filter(pk=self.pk).update(
            state=state,
            finished_at=moment,
            reason=reason[:500],
            leased_by=None,
            leased_until=None,
            **fields,
        )
