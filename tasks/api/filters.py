"""What lists of the work can be narrowed and ordered by."""

from typing import Any

from django.db.models import Exists, OuterRef
from django_filters import rest_framework as filters

from godview.rest.filters import IdFilter, RowFilters, before_day, from_day, order_by
from tasks import models


class ProjectFilters(RowFilters):
    searched = ("name", "gid")
    unmatched = filters.BooleanFilter("client", "isnull", label="Nobody has said whose it is.")
    ordering = order_by("name", "created_at")

    class Meta:
        model = models.Project
        fields = ("gid", "client", "department", "archived", "left_out")


class AsanaUserFilters(RowFilters):
    searched = ("name", "email", "gid")
    unmatched = filters.BooleanFilter("staff", "isnull", label="Nobody has said who they are.")
    ordering = order_by("name")

    class Meta:
        model = models.AsanaUser
        fields = ("gid", "staff")


class TaskFilters(RowFilters):
    searched = ("name", "gid")
    client = IdFilter(method="of_client", label="In any project of this client.")
    project = IdFilter(method="in_project", label="In this project.")
    due_from = from_day("due_on")
    due_before = before_day("due_on")
    first_due_from = from_day("first_due_on")
    first_due_before = before_day("first_due_on")
    completed_from = from_day("completed_on")
    completed_before = before_day("completed_on")
    completed = filters.BooleanFilter(
        "completed_at", "isnull", exclude=True, label="Finished, or not yet."
    )
    deleted = filters.BooleanFilter(
        "deleted_at", "isnull", exclude=True, label="No longer in Asana, or still there."
    )
    ordering = order_by("due_on", "first_due_on", "completed_on", "created_at", "modified_at")

    class Meta:
        model = models.Task
        fields = ("gid", "assignee", "parent", "kind")

    def of_client(self, queryset: Any, name: str, client: int) -> Any:
        return queryset.filter(Exists(self._seen().filter(project__client=client)))

    def in_project(self, queryset: Any, name: str, project: int) -> Any:
        return queryset.filter(Exists(self._seen().filter(project=project)))

    def _seen(self) -> Any:
        memberships = models.Membership.objects.visible_to(self.request.user)
        return memberships.filter(task=OuterRef("pk"))


class WeeklyGoalFilters(RowFilters):
    searched = ("text",)
    week_from = from_day("week_starts_on")
    week_before = before_day("week_starts_on")
    ordering = order_by("week_starts_on", "status")

    class Meta:
        model = models.WeeklyGoal
        fields = ("client", "manager", "client_goal", "week_starts_on", "status", "unplanned")


class WeekNoteFilters(RowFilters):
    searched = ("text",)
    ordering = order_by("week_starts_on", "saved_at")

    class Meta:
        model = models.WeekNote
        fields = ("client", "week_starts_on")


class TacticFilters(RowFilters):
    searched = ("name", "metric")
    started_from = from_day("started_on")
    started_before = before_day("started_on")
    ended_from = from_day("ended_on")
    ended_before = before_day("ended_on")
    ordering = order_by("started_on", "ended_on", "name")

    class Meta:
        model = models.Tactic
        fields = ("client", "manager", "outcome")


class SyncRunFilters(RowFilters):
    ordering = order_by("asked_at", "finished_at")

    class Meta:
        model = models.SyncRun
        fields = ("state", "full")
