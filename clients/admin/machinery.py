from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest

from clients import models
from godview.scoped_admin import ReadOnlyAdmin


@admin.register(models.ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Keys of programs: made on their own page, where they are shown once; revoked here too."""

    list_display = ("name", "user", "scope", "token_key", "created", "last_used_at", "expiry")
    list_filter = ("scope",)
    list_select_related = ("user",)
    search_fields = ("name", "user__email")
    date_hierarchy = "created"
    fields = list_display

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("clients.delete_apitoken")


@admin.register(models.Upload)
class UploadAdmin(ReadOnlyAdmin):
    """Files that were imported: what, by whom, when."""

    list_display = ("file_name", "kind", "uploaded_by", "uploaded_at", "imported_at")
    list_filter = ("kind",)
    list_select_related = ("uploaded_by",)
    search_fields = ("file_name",)
    date_hierarchy = "uploaded_at"
    fields = list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Upload]:
        return super().get_queryset(request).defer("content", "report")


@admin.register(models.ImportedRow)
class ImportedRowAdmin(ReadOnlyAdmin):
    """What an import made or changed: what its undoing goes by."""

    list_display = ("upload", "model", "row_id", "was_made")
    list_filter = ("model", "was_made")
    list_select_related = ("upload",)
    search_fields = ("model", "upload__file_name")
    fields = (*list_display, "before", "after")


@admin.register(models.SetupStep)
class SetupStepAdmin(ReadOnlyAdmin):
    """Steps of the first start that a person called done or not needed."""

    list_display = ("name", "settled_by", "settled_at")
    list_select_related = ("settled_by",)
    search_fields = ("name",)
    date_hierarchy = "settled_at"
    fields = list_display


@admin.register(models.DemoMark)
class DemoMarkAdmin(ReadOnlyAdmin):
    """Whether the demo agency was made here. It is removed on the page of the first start."""

    list_display = ("made_at",)
    search_fields = ("made_at",)
    fields = (*list_display, "last_ids")


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """What was done in the admin, by whom. The history of a row says what it was before."""

    list_display = ("action_time", "user", "content_type", "object_repr", "action", "what")
    list_filter = ("action_flag", "content_type")
    list_select_related = ("user", "content_type")
    search_fields = ("object_repr", "user__email")
    date_hierarchy = "action_time"
    fields = list_display

    @admin.display(ordering="action_flag")
    def action(self, entry: LogEntry) -> str:
        return str(entry.get_action_flag_display())

    @admin.display(description="what changed")
    def what(self, entry: LogEntry) -> str:
        return entry.get_change_message()
