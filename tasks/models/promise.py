from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from godview.access import ScopedQuerySet


class KnownBy(models.TextChoices):
    """How we know what the ledger says."""

    SNAPSHOT = "snapshot", _("Seen when Asana was read")
    EVENT = "event", _("Told by Asana as it happened")
    STORY = "story", _("Asana’s own record of the task")
    PERSON = "person", _("Said by a person here")


class PromiseQuerySet(ScopedQuerySet["Promise"]):
    def of_tasks(self) -> Self:
        return self.filter(kind=Promise.Kind.TASK)

    def due_between(self, start: date, end: date) -> Self:
        """Those made for a day in [start, end)."""
        return self.filter(due_on__gte=start, due_on__lt=end)

    def counted(self) -> Self:
        """Each promise once: a task made anew only carries on what was promised before."""
        return self.filter(standing__continues=None)


class Promise(models.Model):
    """What was promised a client by a day, as it was at that moment. The database keeps it so.

    A row is written once. What became of it is told by its events, and summed up in its standing.
    """

    class Kind(models.TextChoices):
        TASK = "task", _("Task")
        WEEKLY_GOAL = "week", _("Weekly goal")
        CLIENT_GOAL = "goal", _("90-day goal")

    kind = models.CharField(max_length=4, choices=Kind.choices)
    # The indexes and constraints below are those of the client, the owner and the task, too.
    client = models.ForeignKey(
        "clients.Client", models.PROTECT, related_name="promises", db_index=False
    )
    owner = models.ForeignKey(
        "clients.Staff",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        db_index=False,
    )
    text = models.CharField(max_length=1024)
    due_on = models.DateField(help_text=_("In the agency's zone."))
    due_at = models.DateTimeField(null=True, blank=True, help_text=_("Only where it has an hour."))
    committed_at = models.DateTimeField()
    unplanned = models.BooleanField(
        default=False,
        help_text=_("Added after the week was locked: not in the hit rate."),
    )
    known_by = models.CharField(max_length=8, choices=KnownBy.choices)
    details = models.JSONField(default=dict, blank=True)
    task = models.ForeignKey(
        "tasks.Task",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        db_index=False,
    )
    weekly_goal = models.OneToOneField(
        "tasks.WeeklyGoal", models.PROTECT, null=True, blank=True, related_name="promise"
    )
    client_goal = models.OneToOneField(
        "clients.ClientGoal", models.PROTECT, null=True, blank=True, related_name="promise"
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on", "kind"]),
            models.Index(fields=["client", "due_on"]),
            models.Index(fields=["owner", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "due_on"], name="a_task_is_promised_once_for_a_day"
            ),
            models.CheckConstraint(
                name="a_promise_is_about_one_thing",
                condition=Q(
                    kind="task",
                    task__isnull=False,
                    weekly_goal__isnull=True,
                    client_goal__isnull=True,
                )
                | Q(
                    kind="week",
                    task__isnull=True,
                    weekly_goal__isnull=False,
                    client_goal__isnull=True,
                )
                | Q(
                    kind="goal",
                    task__isnull=True,
                    weekly_goal__isnull=True,
                    client_goal__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}, {self.due_on}: {self.text}"
