from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from godview.access import ScopedQuerySet


class TaskWriteQuerySet(ScopedQuerySet["TaskWrite"]):
    client_path = "goal__client"


class TaskWrite(models.Model):
    """A change that we asked Asana for: shown as pending until Asana has confirmed it."""

    class Action(models.TextChoices):
        CREATE = "create", _("Make the task")
        COMPLETE = "complete", _("Mark it done")
        REOPEN = "reopen", _("Mark it not done")

    class State(models.TextChoices):
        PENDING = "pending", _("Pending")
        CONFIRMED = "confirmed", _("Confirmed")
        FAILED = "failed", _("Failed")

    goal = models.ForeignKey("tasks.WeeklyGoal", models.CASCADE, related_name="writes")
    project = models.ForeignKey("tasks.Project", models.CASCADE, related_name="writes")
    action = models.CharField(max_length=8, choices=Action.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PENDING)
    key = models.UUIDField(
        default=uuid4,
        unique=True,
        help_text=_("Asana keeps it with the task: never made twice."),
    )
    task_gid = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey("clients.Staff", models.PROTECT, null=True, blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = TaskWriteQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "action"],
                condition=Q(state="pending"),
                name="one_pending_write_of_a_kind_for_a_goal",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.goal.text}"
