from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from godview.access import ScopedQuerySet, reach_of
from tasks.models.membership import Membership

ON_TIME = Q(first_due_at__isnull=False, completed_at__lte=F("first_due_at")) | Q(
    first_due_at__isnull=True, completed_on__lte=F("first_due_on")
)


class TaskQuerySet(ScopedQuerySet["Task"]):
    def visible_to(self, user: Any) -> Self:
        """Tasks of the projects of clients the person may see, each once."""
        if reach_of(user).everything:
            return self
        seen = Membership.objects.visible_to(user).filter(task=OuterRef("pk"))
        return self.filter(Exists(seen))

    def for_client(self, client: Any) -> Self:
        """Tasks and subtasks in any project of the client, each once."""
        return self.filter(
            Exists(Membership.objects.filter(task=OuterRef("pk"), project__client=client))
        )

    def in_asana(self) -> Self:
        return self.filter(deleted_at=None)

    def promised_between(self, start: date, end: date) -> Self:
        """Tasks whose first due date lies in [start, end): deleted or moved since, they count."""
        return self.filter(first_due_on__gte=start, first_due_on__lt=end)

    def missing(self) -> Self:
        """No longer where they were when last listed; not yet known to be deleted or moved."""
        return self.filter(missing_since__isnull=False, deleted_at=None)


class Task(models.Model):
    """A task or subtask as Asana has it now, and the due date it had when we first saw one.

    What it had first is a promise and is never overwritten; what it has now follows Asana. A task
    that Asana no longer has stays as a tombstone.
    """

    # No index: there are a few connections, and hundreds of thousands of tasks to write.
    connection = models.ForeignKey(
        "tasks.AsanaConnection", models.PROTECT, related_name="tasks", db_index=False
    )
    gid = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=1024, blank=True)
    kind = models.CharField(max_length=64, blank=True, help_text=_("Asana's resource_subtype."))
    approval_status = models.CharField(max_length=64, blank=True)
    assignee = models.ForeignKey(
        "tasks.AsanaUser", models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="subtasks"
    )
    subtask_count = models.PositiveIntegerField(default=0)
    projects: Any = models.ManyToManyField(
        "tasks.Project", through="tasks.Membership", related_name="tasks"
    )

    start_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text=_("As a date in the agency's zone."))
    due_at = models.DateTimeField(null=True, blank=True, help_text=_("Only where it has an hour."))
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True, help_text=_("In the agency's zone."))
    created_at = models.DateTimeField(null=True, blank=True)
    modified_at = models.DateTimeField(null=True, blank=True)

    first_due_on = models.DateField(null=True, blank=True, editable=False)
    first_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When we found that Asana no longer has it.")
    )
    missing_since = models.DateTimeField(null=True, blank=True, editable=False)

    content_hash = models.CharField(max_length=32, editable=False)
    observed_at = models.DateTimeField(
        editable=False, help_text=_("When the request that told us this was sent.")
    )
    subtasks_read_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "gid"]
        indexes = [
            models.Index(fields=["first_due_on", "completed_on"]),
            models.Index(fields=["completed_on"]),
            models.Index(
                fields=["due_on"], name="task_in_asana_due", condition=Q(deleted_at__isnull=True)
            ),
            models.Index(
                fields=["missing_since"],
                name="task_missing",
                condition=Q(missing_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"Task {self.gid}"

    @property
    def is_completed(self) -> bool:
        return self.completed_at is not None

    @property
    def asana_url(self) -> str:
        return f"https://app.asana.com/0/0/{self.gid}"
