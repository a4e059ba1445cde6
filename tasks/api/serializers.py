"""What the API tells and takes about the work: field by field."""

from typing import Any

from rest_framework import serializers

from godview.rest.serializers import RowSerializer
from tasks import models
from tasks.weekly_goals import MARKS

LARGEST_ID = 2**63 - 1


class ProjectSerializer(RowSerializer[models.Project]):
    """A project in Asana. Here one says whose work it is; the rest is changed in Asana."""

    class Meta:
        model = models.Project
        fields = (
            "id",
            "gid",
            "name",
            "archived",
            "client",
            "department",
            "left_out",
            "matched_by",
            "deleted_at",
            "observed_at",
        )
        read_only_fields = ("gid", "name", "archived", "matched_by", "deleted_at", "observed_at")


class AsanaUserSerializer(RowSerializer[models.AsanaUser]):
    """A person in Asana. Here one says which member of staff they are."""

    class Meta:
        model = models.AsanaUser
        fields = ("id", "gid", "name", "email", "staff", "matched_by", "deleted_at")
        read_only_fields = ("gid", "name", "email", "matched_by", "deleted_at")


class TaskSerializer(RowSerializer[models.Task]):
    projects = serializers.SerializerMethodField(help_text="Those that you may see.")

    class Meta:
        model = models.Task
        fields = (
            "id",
            "gid",
            "name",
            "kind",
            "approval_status",
            "assignee",
            "parent",
            "subtask_count",
            "projects",
            "start_on",
            "due_on",
            "due_at",
            "completed_on",
            "completed_at",
            "created_at",
            "modified_at",
            "first_due_on",
            "first_due_at",
            "first_seen_at",
            "deleted_at",
        )
        read_only_fields = fields

    def get_projects(self, task: Any) -> list[int]:
        return sorted(membership.project_id for membership in task.seen_memberships)


class WeeklyGoalSerializer(RowSerializer[models.WeeklyGoal]):
    status = serializers.ChoiceField(
        choices=models.WeeklyGoal.Status.choices,
        required=False,
        help_text="Marked as met, missed or open again. A new goal is open.",
    )

    class Meta:
        model = models.WeeklyGoal
        fields = (
            "id",
            "client",
            "manager",
            "client_goal",
            "week_starts_on",
            "due_on",
            "text",
            "status",
            "note",
            "task",
            "unplanned",
            "committed_at",
            "closed_at",
        )
        read_only_fields = ("due_on", "task", "unplanned", "committed_at", "closed_at")
        fixed = ("client", "manager", "week_starts_on")

    def validate_status(self, status: str) -> str:
        if self.instance is None and status != models.WeeklyGoal.Status.OPEN:
            raise serializers.ValidationError("A new goal is open: mark it later.")
        if self.instance is not None and status not in {*MARKS, self.instance.status}:
            raise serializers.ValidationError(
                "A goal is marked as met, missed or open. To take it out, delete it."
            )
        return status


class GoalTaskAskedSerializer(serializers.Serializer[Any]):
    """Either a project, to make the task in, or a task that is there already."""

    project = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    task = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if len(said) != 1:
            raise serializers.ValidationError("Send either a project or a task.")
        return said


class GoalTaskSerializer(serializers.Serializer[Any]):
    """How a weekly goal stands with its task in Asana."""

    state = serializers.ChoiceField(choices=["none", "pending", "failed", "open", "done", "gone"])
    word = serializers.CharField()
    name = serializers.CharField(help_text="The task's name in Asana; empty without one.")
    url = serializers.CharField(help_text="The task in Asana; empty without one.")
    reason = serializers.CharField(help_text="Why it is pending still, or has failed.")


class WeekNoteSerializer(RowSerializer[models.WeekNote]):
    """What a manager tells the pod about a client's week. Writing it again replaces it."""

    class Meta:
        model = models.WeekNote
        fields = ("id", "client", "week_starts_on", "text", "staff", "saved_at")
        read_only_fields = ("staff", "saved_at")
        fixed = ("client", "week_starts_on")


class TacticSerializer(RowSerializer[models.Tactic]):
    """Something tried for a client, and the rule that will judge it, written before it begins."""

    class Meta:
        model = models.Tactic
        fields = (
            "id",
            "client",
            "manager",
            "name",
            "metric",
            "threshold",
            "window_days",
            "started_on",
            "ended_on",
            "outcome",
            "note",
        )
        read_only_fields = ("ended_on", "outcome")
        fixed = ("client", "metric", "threshold", "window_days", "started_on")
        extra_kwargs = {
            "metric": {"required": True, "allow_blank": False},
            "threshold": {"required": True, "allow_blank": False},
            "window_days": {"required": True, "allow_null": False, "min_value": 1},
            "manager": {"help_text": "Left away: whoever sends it."},
        }


class VerdictSerializer(serializers.Serializer[Any]):
    """How a tactic ended."""

    outcome = serializers.ChoiceField(choices=["win", "loss", "inconclusive"])
    ended_on = serializers.DateField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")


class SyncRunSerializer(RowSerializer[models.SyncRun]):
    class Meta:
        model = models.SyncRun
        fields = (
            "id",
            "full",
            "state",
            "phase",
            "reason",
            "asked_at",
            "started_at",
            "finished_at",
            "units_total",
            "units_done",
            "requests",
            "refusals",
            "tasks_seen",
            "tasks_written",
            "seconds_worked",
        )
        read_only_fields = fields
