from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from godview.scoped_admin import HistoryAdmin
from tasks import models
from tasks.importing.tactics import TacticRows
from tasks.importing.weekly_goals import WeeklyGoalRows
from tasks.ledger.goals import keep

PROMISE = ("client", "week_starts_on", "text", "unplanned")


def next_version(row: models.WeeklyGoal | models.WeekNote) -> int:
    """Whoever has the row open on My week is told that it was saved meanwhile."""
    saved = type(row).objects.filter(pk=row.pk).values_list("version", flat=True).first()
    return (saved or 0) + 1


@admin.register(models.WeeklyGoal)
class WeeklyGoalAdmin(HistoryAdmin):
    list_display = ("week_starts_on", "client", "text", "manager", "status", "unplanned")
    list_filter = ("status", "unplanned", "week_starts_on", "manager")
    list_select_related = ("client", "manager")
    search_fields = ("client__name", "manager__name", "text")
    date_hierarchy = "week_starts_on"
    autocomplete_fields = ("client", "manager", "client_goal")
    # The task is chosen on the goal's own page, among the client's, while nothing is on its way.
    readonly_fields = ("task", "committed_at", "closed_at", "version")
    resource_classes = [WeeklyGoalRows]
    import_kind = "weekly_goals"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was promised is a fact, here as everywhere."""
        promised = obj is not None and obj.is_locked_at(timezone.now())
        return (*self.readonly_fields, *(PROMISE if promised else ("unplanned",)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A promised goal is withdrawn on My week and still counts; it is never deleted."""
        promised = obj is not None and obj.is_locked_at(timezone.now())
        return not promised and bool(super().has_delete_permission(request, obj))

    def save_model(
        self, request: HttpRequest, obj: models.WeeklyGoal, form: Any, change: bool
    ) -> None:
        now = timezone.now()
        if not change and obj.is_locked_at(now):
            obj.unplanned, obj.committed_at = True, now
        obj.version = next_version(obj)
        super().save_model(request, obj, form, change)
        keep(models.WeeklyGoal.objects.filter(pk=obj.pk), now)


@admin.register(models.WeekNote)
class WeekNoteAdmin(HistoryAdmin):
    list_display = ("week_starts_on", "client", "text", "staff")
    list_select_related = ("client", "staff")
    search_fields = ("client__name", "text")
    date_hierarchy = "week_starts_on"
    autocomplete_fields = ("client", "staff")
    readonly_fields = ("version",)
    export_fields = ("client__external_id", "week_starts_on", "text")

    def save_model(
        self, request: HttpRequest, obj: models.WeekNote, form: Any, change: bool
    ) -> None:
        obj.version = next_version(obj)
        super().save_model(request, obj, form, change)


@admin.register(models.Tactic)
class TacticAdmin(HistoryAdmin):
    list_display = ("client", "name", "manager", "started_on", "ended_on", "outcome")
    list_filter = ("outcome", "started_on", "manager")
    list_select_related = ("client", "manager")
    search_fields = ("client__name", "name", "metric", "manager__name")
    date_hierarchy = "started_on"
    autocomplete_fields = ("client", "manager")
    resource_classes = [TacticRows]
    import_kind = "tactics"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The rule that will judge it was written before it began."""
        return ("metric", "threshold", "window_days", "started_on") if obj else ()
