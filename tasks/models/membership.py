from django.db import models

from godview.access import ScopedQuerySet


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    client_path = "project__client"


class Membership(models.Model):
    """A task stands in a project. It may stand in several; a subtask stands where its parent does.

    Asana gives subtasks no project of their own: for them the place is `inherited`, so that every
    number counts tasks and subtasks of a client in one and the same way.
    """

    # The constraint below is the task's index too.
    task = models.ForeignKey(
        "tasks.Task", models.CASCADE, related_name="memberships", db_index=False
    )
    project = models.ForeignKey("tasks.Project", models.CASCADE, related_name="memberships")
    section = models.ForeignKey(
        "tasks.Section",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="memberships",
        db_index=False,
    )
    inherited = models.BooleanField(default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "project"], name="a_task_stands_once_in_a_project"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} in {self.project}"
