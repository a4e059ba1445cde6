from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from clients import models
from clients.importing.contact import ContactRows, TouchpointRows
from clients.importing.goals import GoalRows, ReadingRows
from godview.scoped_admin import HistoryAdmin, ScopedInline


@admin.register(models.Contact)
class ContactAdmin(HistoryAdmin):
    list_display = ("name", "client", "job_title", "email", "phone", "decides", "left_on")
    list_filter = ("decides", ("left_on", admin.EmptyFieldListFilter))
    list_select_related = ("client",)
    search_fields = ("name", "email", "job_title", "client__name")
    autocomplete_fields = ("client",)
    resource_classes = [ContactRows]
    import_kind = "contacts"


@admin.register(models.Touchpoint)
class TouchpointAdmin(HistoryAdmin):
    list_display = ("happened_at", "client", "channel", "direction", "staff", "qualifies", "note")
    list_filter = ("channel", "direction", "qualifies", "automatic", "staff")
    list_select_related = ("client", "staff")
    search_fields = ("client__name", "note", "staff__name")
    date_hierarchy = "happened_at"
    autocomplete_fields = ("client", "contact", "staff")
    readonly_fields = ("qualifies",)
    resource_classes = [TouchpointRows]
    import_kind = "touchpoints"


class ReadingInline(ScopedInline):
    model = models.GoalReading
    autocomplete_fields = ("staff",)


@admin.register(models.ClientGoal)
class ClientGoalAdmin(HistoryAdmin):
    list_display = (
        "client",
        "name",
        "unit",
        "baseline",
        "target",
        "starts_on",
        "ends_on",
        "matters_most",
    )
    list_filter = ("matters_most", "starts_on")
    list_select_related = ("client",)
    search_fields = ("client__name", "name")
    date_hierarchy = "starts_on"
    autocomplete_fields = ("client", "agreed_by")
    inlines = (ReadingInline,)
    resource_classes = [GoalRows]
    locked = ("client", "name", "unit", "baseline", "target", "starts_on", "ends_on")
    import_kind = "client_goals"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Agreed is agreed: a leader changes it in Deadlines, with a reason."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else (*fields, *self.locked)


class ReadingExport(ReadingRows):
    def dehydrate_client(self, reading: models.GoalReading) -> str:
        return reading.goal.client.external_id


@admin.register(models.GoalReading)
class GoalReadingAdmin(HistoryAdmin):
    list_display = ("goal", "read_on", "value", "staff", "note")
    list_select_related = ("goal__client", "staff")
    search_fields = ("goal__name", "goal__client__name", "note")
    date_hierarchy = "read_on"
    autocomplete_fields = ("goal", "staff")
    resource_classes = [ReadingExport]
    import_kind = "goal_readings"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A number stays with the goal that it was read for: it may have decided that one."""
        return ("goal",) if obj else ()


@admin.register(models.Pivot)
class PivotAdmin(HistoryAdmin):
    list_display = ("decided_on", "goal", "text", "decided_by", "result", "judged_on")
    list_filter = ("result", "decided_by")
    list_select_related = ("goal__client", "decided_by")
    search_fields = ("text", "goal__name", "goal__client__name")
    date_hierarchy = "decided_on"
    autocomplete_fields = ("goal", "decided_by")
