"""Traffic lights over HTTP: added, never changed."""

from typing import Any

from django.utils import timezone

from clients import lights, models
from godview.access import staff_of
from godview.rest.filters import DayFilter, RowFilters, before_day, from_day, order_by
from godview.rest.serializers import RowSerializer
from godview.rest.viewsets import AddableRows


class TrafficLightSerializer(RowSerializer[models.TrafficLight]):
    class Meta:
        model = models.TrafficLight
        fields = (
            "id",
            "client",
            "week_starts_on",
            "color",
            "note",
            "staff",
            "marked_at",
            "is_late",
            "lacks_note",
        )
        read_only_fields = ("staff", "marked_at", "is_late", "lacks_note")


class TrafficLightFilters(RowFilters):
    week = DayFilter(field_name="week_starts_on", label="Of the week that starts on this Monday.")
    week_from = from_day("week_starts_on")
    week_before = before_day("week_starts_on")
    ordering = order_by("week_starts_on", "marked_at")

    class Meta:
        model = models.TrafficLight
        fields = ("client", "color", "staff")


class TrafficLightViewSet(AddableRows[models.TrafficLight]):
    """How each week went. Marking a week again adds a row, and the last one counts."""

    queryset = models.TrafficLight.objects.all()
    serializer_class = TrafficLightSerializer
    filterset_class = TrafficLightFilters

    def added(self, **fields: Any) -> models.TrafficLight:
        return lights.mark(**fields, staff=staff_of(self.request.user), now=timezone.now())
