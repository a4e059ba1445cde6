"""What clients could buy, what they cost us, and what they were asked to pay, over HTTP."""

from datetime import date
from typing import Any

from django_filters import rest_framework as filters

from clients import models
from godview.rest.filters import DayFilter, RowFilters, before_day, from_day, order_by
from godview.rest.serializers import RowSerializer
from godview.rest.viewsets import EditableRows


class CapacitySerializer(RowSerializer[models.Capacity]):
    class Meta:
        model = models.Capacity
        fields = ("id", "client", "starts_on", "amount", "currency", "note")


class CapacityFilters(RowFilters):
    ordering = order_by("starts_on", "amount")

    class Meta:
        model = models.Capacity
        fields = ("client", "currency")


class CapacityViewSet(EditableRows[models.Capacity]):
    queryset = models.Capacity.objects.all()
    serializer_class = CapacitySerializer
    filterset_class = CapacityFilters


class CostSerializer(RowSerializer[models.Cost]):
    class Meta:
        model = models.Cost
        fields = ("id", "client", "spent_on", "kind", "amount", "currency", "hours", "note")


class CostFilters(RowFilters):
    spent_from = from_day("spent_on")
    spent_before = before_day("spent_on")
    ordering = order_by("spent_on", "amount")

    class Meta:
        model = models.Cost
        fields = ("client", "kind", "currency")


class CostViewSet(EditableRows[models.Cost]):
    """Spent on the work, on keeping clients and on winning them. Without a client: on all."""

    queryset = models.Cost.objects.all()
    serializer_class = CostSerializer
    filterset_class = CostFilters


class InvoiceSerializer(RowSerializer[models.Invoice]):
    class Meta:
        model = models.Invoice
        fields = (
            "id",
            "client",
            "number",
            "issued_on",
            "due_on",
            "paid_on",
            "amount",
            "currency",
        )


class InvoiceFilters(RowFilters):
    paid = filters.BooleanFilter("paid_on", "isnull", exclude=True, label="Paid.")
    late_on = DayFilter(method="late", label="Due before this day, and not paid by then.")
    due_from = from_day("due_on")
    due_before = before_day("due_on")
    ordering = order_by("issued_on", "due_on", "amount")

    class Meta:
        model = models.Invoice
        fields = ("client", "number", "currency")

    def late(self, queryset: Any, name: str, day: date) -> Any:
        return queryset.late_on(day)


class InvoiceViewSet(EditableRows[models.Invoice]):
    queryset = models.Invoice.objects.all()
    serializer_class = InvoiceSerializer
    filterset_class = InvoiceFilters
