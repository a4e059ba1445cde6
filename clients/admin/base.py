"""What the whole base is seen by: lights, refusals, services, segments and changes of process."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from clients import models
from clients.importing.lights import TrafficLightRows
from clients.importing.offers import RefusalRows, ServiceRows
from godview.scoped_admin import HistoryAdmin


@admin.register(models.TrafficLight)
class TrafficLightAdmin(HistoryAdmin):
    list_display = ("week_starts_on", "client", "color", "note", "staff", "marked_at")
    list_filter = ("color", "staff", "week_starts_on")
    list_select_related = ("client", "staff")
    search_fields = ("client__name", "note")
    date_hierarchy = "week_starts_on"
    autocomplete_fields = ("client", "staff")
    readonly_fields = ("marked_at",)
    resource_classes = [TrafficLightRows]
    import_kind = "traffic_lights"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # marking again adds a row, and the last one counts


@admin.register(models.Refusal)
class RefusalAdmin(HistoryAdmin):
    list_display = ("refused_on", "client", "reason", "brand", "capacity", "pitch", "remind_on")
    list_filter = ("reason", "pitch", "salesperson")
    list_select_related = ("client",)
    search_fields = ("client__name", "note")
    date_hierarchy = "refused_on"
    autocomplete_fields = ("client", "salesperson")
    resource_classes = [RefusalRows]
    import_kind = "refusals"


@admin.register(models.Service)
class ServiceAdmin(HistoryAdmin):
    list_display = ("name", "offered_from", "offered_until")
    list_filter = (("offered_until", admin.EmptyFieldListFilter),)
    search_fields = ("name",)
    resource_classes = [ServiceRows]
    import_kind = "services"


@admin.register(models.SegmentRule)
class SegmentRuleAdmin(HistoryAdmin):
    list_display = ("code", "rule")
    search_fields = ("code", "rule")
    export_fields = ("code", "rule")


@admin.register(models.ProcessChange)
class ProcessChangeAdmin(HistoryAdmin):
    list_display = ("happened_on", "title", "note")
    search_fields = ("title", "note")
    date_hierarchy = "happened_on"
    export_fields = ("happened_on", "title", "note")
