"""Filters that refuse what they do not know: a mistyped one must not answer with everything."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Model, Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from godview.rest.limits import LARGEST_ID, sane_year

PAGING = {"page", "page_size", "format"}


def order_by(*fields: str) -> filters.OrderingFilter:
    """`?ordering=name,-started_on` by these fields."""
    return filters.OrderingFilter(fields=[(field, field) for field in fields])


class DayFilter(filters.DateFilter):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[sane_year], **kwargs)


def from_day(column: str) -> DayFilter:
    """That day or later."""
    return DayFilter(field_name=column, lookup_expr="gte", label="This day or later.")


def before_day(column: str) -> DayFilter:
    """Before that day: periods are half-open."""
    return DayFilter(field_name=column, lookup_expr="lt", label="Before this day.")


@extend_schema_field(OpenApiTypes.INT64)
class IdFilter(filters.Filter):
    """By the id of another row. A foreign id and an absent one both find nothing."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)


class RowFilters(filters.FilterSet):
    """Filters of one model's rows; `searched` names the columns that `search` looks into."""

    searched: tuple[str, ...] = ()
    search = filters.CharFilter(method="find", max_length=200, label="Words to look for.")

    @classmethod
    def get_filters(cls) -> Any:
        found = super().get_filters()
        if not cls.searched:
            found.pop("search", None)
        return found

    @classmethod
    def filter_for_lookup(cls, field: Any, lookup_type: str) -> Any:
        if lookup_type == "exact" and isinstance(field, models.ForeignKey):
            return IdFilter, {}
        return super().filter_for_lookup(field, lookup_type)

    def find(self, queryset: QuerySet[Model], name: str, text: str) -> QuerySet[Model]:
        found = Q()
        for column in self.searched:
            found |= Q(**{f"{column}__icontains": text})
        return queryset.filter(found)


class Filters(filters.DjangoFilterBackend):
    """Filters and order in one, with the id as the last word so that no page repeats a row."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        known = PAGING
        filterset_class = self.get_filterset_class(view, queryset)
        if filterset_class is not None:
            known = PAGING | set(filterset_class.base_filters)
        unknown = sorted(set(request.query_params) - known)
        if unknown:
            words = f"There is no such filter. There are: {', '.join(sorted(known))}."
            raise ValidationError({name: [words] for name in unknown})
        rows = super().filter_queryset(request, queryset, view)
        order = rows.query.order_by or rows.model._meta.ordering
        return rows.order_by(*order, "pk")
