"""What is mirrored from Asana: to look at. Here one only says whose work it is."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from godview.scoped_admin import HistoryAdmin, ReadOnlyAdmin, ScopedAdmin, ScopedInline
from tasks import models
from tasks.models import MatchedBy


@admin.register(models.AsanaConnection)
class AsanaConnectionAdmin(ReadOnlyAdmin):
    """Connected and disconnected on the Asana page. The token is never shown again."""

    list_display = ("workspace_name", "acts_as", "status", "status_reason", "read_at")
    list_filter = ("status",)
    search_fields = ("workspace_name", "workspace_gid")
    fields = (
        "workspace_name",
        "workspace_gid",
        "acts_as",
        "token_hint",
        "requests_per_minute",
        "status",
        "status_reason",
        "created_at",
        "read_at",
    )


class MatchedAdmin(ScopedAdmin):
    """What a person chose is not matched again by name or e-mail."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.matched_by = MatchedBy.PERSON
        super().save_model(request, obj, form, change)


@admin.register(models.Project)
class ProjectAdmin(MatchedAdmin, HistoryAdmin):
    list_display = ("name", "client", "department", "matched_by", "left_out", "archived")
    list_filter = (
        ("client", admin.EmptyFieldListFilter),
        "matched_by",
        "left_out",
        "archived",
        "department",
    )
    list_select_related = ("client", "department")
    search_fields = ("name", "gid", "client__name")
    date_hierarchy = "created_at"
    autocomplete_fields = ("client", "department")
    fields = (
        "name",
        "gid",
        "client",
        "department",
        "left_out",
        "matched_by",
        "archived",
        "created_at",
        "deleted_at",
        "observed_at",
    )
    readonly_fields = (
        "name",
        "gid",
        "matched_by",
        "archived",
        "created_at",
        "deleted_at",
        "observed_at",
    )
    export_fields = ("gid", "name", "client__external_id", "department__name", "archived")


@admin.register(models.AsanaUser)
class AsanaUserAdmin(MatchedAdmin, HistoryAdmin):
    list_display = ("name", "email", "staff", "matched_by", "deleted_at")
    list_filter = (("staff", admin.EmptyFieldListFilter), "matched_by")
    list_select_related = ("staff",)
    search_fields = ("name", "email", "gid", "staff__name")
    autocomplete_fields = ("staff",)
    fields = ("name", "email", "gid", "staff", "matched_by", "deleted_at", "observed_at")
    readonly_fields = ("name", "email", "gid", "matched_by", "deleted_at", "observed_at")
    export_fields = ("gid", "name", "email", "staff__external_id")


class PlaceInline(ScopedInline):
    model = models.Membership
    fields = ("project", "section", "inherited")
    verbose_name_plural = "stands in"
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(models.Task)
class TaskAdmin(ReadOnlyAdmin):
    list_display = ("name", "assignee", "first_due_on", "due_on", "completed_on", "deleted_at")
    list_filter = (
        ("completed_at", admin.EmptyFieldListFilter),
        ("deleted_at", admin.EmptyFieldListFilter),
        "kind",
        "projects__client",
    )
    list_select_related = ("assignee",)
    search_fields = ("name", "gid", "assignee__name")
    date_hierarchy = "due_on"
    inlines = (PlaceInline,)
    fields = (
        "name",
        "gid",
        "kind",
        "assignee",
        "start_on",
        "due_on",
        "due_at",
        "first_due_on",
        "first_due_at",
        "completed_at",
        "created_at",
        "modified_at",
        "deleted_at",
        "observed_at",
    )
    export_fields = ("gid", "name", "assignee__name", "first_due_on", "due_on", "completed_on")


@admin.register(models.Section)
class SectionAdmin(ReadOnlyAdmin):
    list_display = ("name", "project")
    list_select_related = ("project",)
    search_fields = ("name", "gid", "project__name")
    fields = ("name", "gid", "project")


@admin.register(models.SyncRun)
class SyncRunAdmin(ReadOnlyAdmin):
    list_display = (
        "asked_at",
        "connection",
        "state",
        "phase",
        "full",
        "units_done",
        "units_total",
        "requests",
        "refusals",
        "tasks_written",
        "reason",
    )
    list_filter = ("state", "full")
    list_select_related = ("connection",)
    search_fields = ("reason",)
    date_hierarchy = "asked_at"


@admin.register(models.SyncUnit)
class SyncUnitAdmin(ReadOnlyAdmin):
    list_display = ("project", "state", "reason", "read_at", "listed_at")
    list_filter = ("state",)
    list_select_related = ("project",)
    search_fields = ("project__name", "reason")
    fields = ("project", "run", "state", "reason", "read_at", "listed_at", "deletions_accepted")
