"""What we offer, and the pitches that were turned down, over HTTP."""

from datetime import date
from typing import Any

from clients import models
from godview.rest.filters import DayFilter, RowFilters, before_day, from_day, order_by
from godview.rest.serializers import RowSerializer
from godview.rest.viewsets import EditableRows


class ServiceSerializer(RowSerializer[models.Service]):
    class Meta:
        model = models.Service
        fields = ("id", "name", "offered_from", "offered_until")


class ServiceFilters(RowFilters):
    searched = ("name",)
    offered_on = DayFilter(method="offered", label="Offered on this day.")
    ordering = order_by("name")

    class Meta:
        model = models.Service
        fields = ("name",)

    def offered(self, queryset: Any, name: str, day: date) -> Any:
        return queryset.offered_on(day)


class ServiceViewSet(EditableRows[models.Service]):
    queryset = models.Service.objects.all()
    serializer_class = ServiceSerializer
    filterset_class = ServiceFilters


class RefusalSerializer(RowSerializer[models.Refusal]):
    class Meta:
        model = models.Refusal
        fields = (
            "id",
            "client",
            "refused_on",
            "reason",
            "note",
            "salesperson",
            "brand",
            "capacity",
            "pitch",
            "remind_on",
            "reopened_on",
        )


class RefusalFilters(RowFilters):
    searched = ("note",)
    refused_from = from_day("refused_on")
    refused_before = before_day("refused_on")
    ordering = order_by("refused_on", "remind_on")

    class Meta:
        model = models.Refusal
        fields = ("client", "reason", "salesperson", "pitch")


class RefusalViewSet(EditableRows[models.Refusal]):
    queryset = models.Refusal.objects.all()
    serializer_class = RefusalSerializer
    filterset_class = RefusalFilters
