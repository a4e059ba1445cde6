from django.contrib import admin

from godview.scoped_admin import HistoryAdmin, ScopedInline
from tasks import models


class ArmInline(ScopedInline):
    model = models.ExperimentArm


@admin.register(models.Experiment)
class ExperimentAdmin(HistoryAdmin):
    list_display = ("started_on", "client", "name", "designer", "rule", "ended_on")
    list_filter = ("rule", "designer", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("client", "designer")
    search_fields = ("client__name", "name", "page")
    date_hierarchy = "started_on"
    autocomplete_fields = ("client", "designer", "tactic")
    inlines = (ArmInline,)
    export_fields = (
        "client__external_id",
        "name",
        "page",
        "metric",
        "rule",
        "alpha",
        "power",
        "baseline_rate",
        "smallest_lift",
        "planned_per_arm",
        "started_on",
        "ended_on",
    )


class ReadingInline(ScopedInline):
    model = models.ArmReading


@admin.register(models.ExperimentArm)
class ExperimentArmAdmin(HistoryAdmin):
    list_display = ("experiment", "name", "is_control")
    list_select_related = ("experiment__client",)
    search_fields = ("name", "experiment__name", "experiment__client__name")
    autocomplete_fields = ("experiment",)
    inlines = (ReadingInline,)
    export_fields = ("experiment__client__external_id", "experiment__name", "name", "is_control")


@admin.register(models.ArmReading)
class ArmReadingAdmin(HistoryAdmin):
    list_display = ("read_on", "arm", "visitors", "conversions")
    list_select_related = ("arm__experiment__client",)
    search_fields = ("arm__name", "arm__experiment__name", "arm__experiment__client__name")
    date_hierarchy = "read_on"
    autocomplete_fields = ("arm",)
    export_fields = (
        "arm__experiment__client__external_id",
        "arm__experiment__name",
        "arm__name",
        "read_on",
        "visitors",
        "conversions",
    )
