"""Rows as JSON and back: the fields a serializer names, and no other."""

from collections.abc import Mapping
from copy import copy
from typing import Any, TypeVar

from django.core.exceptions import ValidationError as Refusal
from django.db import models
from rest_framework import serializers
from rest_framework.validators import UniqueValidator

from godview.rest.errors import sentences
from godview.rest.limits import LARGEST_ID, sane_year

M = TypeVar("M", bound=models.Model)


class VisibleRelatedField(serializers.PrimaryKeyRelatedField[Any]):
    """A reference by id. A row that the person may not see does not exist here either."""

    def __init__(self, **kwargs: Any) -> None:
        if not kwargs.get("read_only"):
            kwargs["pk_field"] = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
        super().__init__(**kwargs)

    def get_queryset(self) -> Any:
        queryset = super().get_queryset()
        visible_to = getattr(queryset, "visible_to", None)
        return visible_to(self.context["request"].user) if visible_to else queryset


class RowSerializer(serializers.ModelSerializer[M]):
    """One row of one model. What is not among its fields is refused by name, never ignored.

    The row's own rules (`full_clean`: constraints, overlaps, fixed words) are asked before it is
    saved, so that their sentences reach the caller. `Meta.fixed` names what is said once, when
    the row is added, and stays so.
    """

    serializer_related_field = VisibleRelatedField

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            refused = {name: sentence for name in data if (sentence := self._refusal(name, data))}
            if refused:
                raise serializers.ValidationError(refused)
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        self._refuse_to_change_what_is_fixed(attrs)
        row = copy(self.instance) if self.instance else self.new_row()
        names = {field.name for field in row._meta.fields}
        for name in names & set(attrs):
            setattr(row, name, attrs[name])
        unwritten = names - {field.source for field in self._writable_fields}
        try:
            row.full_clean(exclude=unwritten)
        except Refusal as refusal:
            raise serializers.ValidationError(sentences(refusal)) from None
        return attrs

    def new_row(self) -> M:
        model: type[M] = self.Meta.model
        return model()

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        field_class, kwargs = super().build_standard_field(field_name, model_field)
        return field_class, _with_our_validators(kwargs, model_field)

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        field_class, kwargs = super().build_relational_field(field_name, relation_info)
        return field_class, _with_our_validators(kwargs, relation_info.model_field)

    def get_uniqueness_extra_kwargs(
        self, field_names: Any, declared_fields: Any, extra_kwargs: Any
    ) -> Any:
        return extra_kwargs, {}  # full_clean asks for uniqueness, with our own sentences

    def get_unique_together_validators(self) -> Any:
        return []

    def get_unique_for_date_validators(self) -> Any:
        return []

    def _refuse_to_change_what_is_fixed(self, attrs: dict[str, Any]) -> None:
        if not isinstance(self.instance, models.Model):
            return
        fixed = [name for name in getattr(self.Meta, "fixed", ()) if name in attrs]
        changed = [name for name in fixed if attrs[name] != getattr(self.instance, name, None)]
        if changed:
            words = "This was said when the row was added, and stays so."
            raise serializers.ValidationError({name: [words] for name in changed})

    def _refusal(self, name: str, data: Mapping[str, Any]) -> list[str] | None:
        """A worked-out field may come back as it was sent out, so that a GET can be PUT again."""
        field = self.fields.get(name)
        if field is None:
            return ["There is no such field."]
        if not field.read_only:
            return None
        if isinstance(self.instance, models.Model):
            if self._shown.get(name) == data[name]:
                return None
            return ["This is worked out and cannot be set."]
        return ["This is worked out: leave it away."]

    @property
    def _shown(self) -> Mapping[str, Any]:
        if not hasattr(self, "_shown_before"):
            row: Any = self.instance
            self._shown_before: Mapping[str, Any] = self.to_representation(row)
        return self._shown_before


def _with_our_validators(kwargs: dict[str, Any], model_field: Any) -> dict[str, Any]:
    validators = [v for v in kwargs.get("validators", []) if not isinstance(v, UniqueValidator)]
    if not kwargs.get("read_only"):
        if isinstance(model_field, models.DateField):
            validators.append(sane_year)
        kwargs["validators"] = validators
    return kwargs
