from django.contrib import admin

from clients import models
from clients.importing.money import ExchangeRateRows, FeeRows, GrossMarginRows
from godview.scoped_admin import HistoryAdmin


@admin.register(models.Fee)
class FeeAdmin(HistoryAdmin):
    list_display = (
        "client",
        "service",
        "amount",
        "currency",
        "per",
        "finance_model",
        "starts_on",
        "ends_on",
    )
    list_filter = (
        "finance_model",
        "per",
        "currency",
        ("ends_on", admin.EmptyFieldListFilter),
        "service",
    )
    list_select_related = ("client",)
    search_fields = ("client__name", "service")
    date_hierarchy = "starts_on"
    autocomplete_fields = ("client",)
    resource_classes = [FeeRows]
    import_kind = "fees"


@admin.register(models.ExchangeRate)
class ExchangeRateAdmin(HistoryAdmin):
    list_display = ("currency", "starts_on", "rate")
    list_filter = ("currency",)
    search_fields = ("currency",)
    date_hierarchy = "starts_on"
    resource_classes = [ExchangeRateRows]
    import_kind = "exchange_rates"


@admin.register(models.GrossMargin)
class GrossMarginAdmin(HistoryAdmin):
    list_display = ("starts_on", "share", "note")
    search_fields = ("note",)
    date_hierarchy = "starts_on"
    resource_classes = [GrossMarginRows]
    import_kind = "gross_margins"
