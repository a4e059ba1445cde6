"""What lists about training can be narrowed and ordered by."""

from datetime import date
from typing import Any

from godview.rest.filters import DayFilter, IdFilter, RowFilters, before_day, from_day, order_by
from training import models


class TrainingModuleFilters(RowFilters):
    searched = ("title", "summary")
    taught_on = DayFilter(method="taught", label="Taught on this day.")
    ordering = order_by("title")

    class Meta:
        model = models.TrainingModule
        fields = ("slug",)

    def taught(self, queryset: Any, name: str, day: date) -> Any:
        return queryset.taught_on(day)


class ModuleVersionFilters(RowFilters):
    ordering = order_by("number", "published_on")

    class Meta:
        model = models.ModuleVersion
        fields = ("module", "number")


class AttemptFilters(RowFilters):
    module = IdFilter(field_name="version__module", label="Any version of this module.")
    submitted_from = from_day("submitted_on")
    submitted_before = before_day("submitted_on")
    ordering = order_by("started_at", "submitted_at", "score")

    class Meta:
        model = models.Attempt
        fields = ("staff", "version")


class CompletionFilters(RowFilters):
    module = IdFilter(field_name="version__module", label="Any version of this module.")
    in_date_on = DayFilter(method="in_date", label="Counts on this day.")
    completed_from = from_day("completed_on")
    completed_before = before_day("completed_on")
    ordering = order_by("completed_on", "expires_on")

    class Meta:
        model = models.Completion
        fields = ("staff", "version")

    def in_date(self, queryset: Any, name: str, day: date) -> Any:
        return queryset.in_date_on(day)
