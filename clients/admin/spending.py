from django.contrib import admin

from clients import models
from clients.importing.spending import CapacityRows, CostRows, InvoiceRows
from godview.scoped_admin import HistoryAdmin


@admin.register(models.Cost)
class CostAdmin(HistoryAdmin):
    list_display = ("spent_on", "client", "kind", "amount", "currency", "hours", "note")
    list_filter = ("kind", "currency")
    list_select_related = ("client",)
    search_fields = ("client__name", "note")
    date_hierarchy = "spent_on"
    autocomplete_fields = ("client",)
    resource_classes = [CostRows]
    import_kind = "costs"


@admin.register(models.Invoice)
class InvoiceAdmin(HistoryAdmin):
    list_display = ("number", "client", "issued_on", "due_on", "paid_on", "amount", "currency")
    list_filter = (("paid_on", admin.EmptyFieldListFilter), "currency")
    list_select_related = ("client",)
    search_fields = ("number", "client__name")
    date_hierarchy = "due_on"
    autocomplete_fields = ("client",)
    resource_classes = [InvoiceRows]
    import_kind = "invoices"


@admin.register(models.Capacity)
class CapacityAdmin(HistoryAdmin):
    list_display = ("client", "starts_on", "amount", "currency", "note")
    list_filter = ("currency",)
    list_select_related = ("client",)
    search_fields = ("client__name", "note")
    date_hierarchy = "starts_on"
    autocomplete_fields = ("client",)
    resource_classes = [CapacityRows]
    import_kind = "capacities"
