"""What the API tells about a number: what it means, what it is, and why it is unknown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from godview.periods import Period, parse_day, parse_period
from metrics.catalogue import Unit
from metrics.queries.scopes import FORM


class QuestionSerializer(serializers.Serializer[Any]):
    """Whose numbers, of which time: the parameters of the address."""

    scope = serializers.CharField(default="agency", max_length=300, help_text=FORM)
    period = serializers.CharField(
        default="month",
        max_length=40,
        help_text="month, quarter or year (ending on as_of), or START..END with half-open ends.",
    )
    as_of = serializers.DateField(
        required=False, help_text="The day the numbers speak of: any past day. Today if not given."
    )

    def to_internal_value(self, data: Mapping[str, Any]) -> dict[str, Any]:
        unknown = sorted(set(data) - set(self.fields) - {"format"})
        if unknown:
            words = f"There is no such parameter. There are: {', '.join(self.fields)}."
            raise serializers.ValidationError({name: [words] for name in unknown})
        told: dict[str, Any] = super().to_internal_value(data)
        return told

    def validate_as_of(self, as_of: date) -> date:
        try:
            day = parse_day(as_of.isoformat())
        except ValueError as wrong:
            raise serializers.ValidationError(str(wrong)) from wrong
        if day > timezone.localdate():
            raise serializers.ValidationError("That day has not come yet: ask for a past one.")
        return day

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        as_of = told.get("as_of") or timezone.localdate()
        told["asked"] = self._period(told["period"], as_of)
        if "as_of" not in told and ".." in told["period"]:
            as_of = min(told["asked"].end, as_of)
        if told["asked"].start >= as_of:
            words = f"The period {told['asked']} has not begun on {as_of}."
            raise serializers.ValidationError({"period": [words]})
        told["as_of"], told["asked"] = as_of, told["asked"].closed_by(as_of)
        return told

    def _period(self, text: str, as_of: date) -> Period:
        try:
            return parse_period(text, as_of)
        except ValueError as wrong:
            raise serializers.ValidationError({"period": [str(wrong)]}) from wrong


class MetricSerializer(serializers.Serializer[Any]):
    """One number with its counts, and what the catalogue says of it."""

    key = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField(help_text=f"{', '.join(Unit)}; money as its currency.")
    definition = serializers.CharField()
    formula = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    threshold = serializers.FloatField(allow_null=True)
    lower_is_better = serializers.BooleanField()
    value = serializers.FloatField(allow_null=True, help_text="Null when unknown: see `reason`.")
    part = serializers.FloatField(allow_null=True)
    whole = serializers.FloatField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    small_base = serializers.BooleanField(help_text="Fewer than 20 cases.")
    scope = serializers.CharField()
    period = serializers.CharField()
    as_of = serializers.DateField()
