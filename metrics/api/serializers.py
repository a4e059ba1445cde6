"""What the API tells about a number: what it means, what it is, and why it is unknown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from godview.periods import Period, parse_day, parse_period
from metrics.catalogue import Unit
from metrics.dashboards.series import LONGEST, STEPS
from metrics.queries.scopes import FORM

EARLIEST = 1900


class ScopeSerializer(serializers.Serializer[Any]):
    """Whose numbers, seen from which day: the parameters of the address."""

    scope = serializers.CharField(default="agency", max_length=300, help_text=FORM)
    as_of = serializers.DateField(
        required=False, help_text="The day the numbers speak of: any past day. Today if not given."
    )
    known_on = serializers.DateField(
        required=False,
        help_text="Only what had been entered by the end of this day; otherwise all of it.",
    )

    def to_internal_value(self, data: Mapping[str, Any]) -> dict[str, Any]:
        unknown = sorted(set(data) - set(self.fields) - {"format"})
        if unknown:
            words = f"There is no such parameter. There are: {', '.join(self.fields)}."
            raise serializers.ValidationError({name: [words] for name in unknown})
        told: dict[str, Any] = super().to_internal_value(data)
        return told

    def validate_as_of(self, as_of: date) -> date:
        return _a_past_day(as_of)

    def validate_known_on(self, known_on: date) -> date:
        return _a_past_day(known_on)


class QuestionSerializer(ScopeSerializer):
    """Whose numbers, of which time."""

    period = serializers.CharField(
        default="month",
        max_length=40,
        help_text="month, quarter or year (ending on as_of), or START..END with half-open ends.",
    )
    explain = serializers.BooleanField(
        default=False, help_text="1: with the sum, the last 13 values and the rows behind it."
    )

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


class SeriesQuestionSerializer(ScopeSerializer):
    """Whose numbers, week by week or month by month."""

    step = serializers.ChoiceField(default="month", choices=STEPS)
    count = serializers.IntegerField(default=13, min_value=1, max_value=LONGEST)

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        told["as_of"] = told.get("as_of") or timezone.localdate()
        if told["as_of"].year - told["count"] // 12 < EARLIEST:
            raise serializers.ValidationError({"count": ["That goes back too far."]})
        return told


def _a_past_day(asked: date) -> date:
    try:
        day = parse_day(asked.isoformat())
    except ValueError as wrong:
        raise serializers.ValidationError(str(wrong)) from wrong
    if day > timezone.localdate():
        raise serializers.ValidationError("That day has not come yet: ask for a past one.")
    return day


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
    known_on = serializers.DateField(allow_null=True)


class ExplainedSerializer(MetricSerializer):
    """With `explain=1`: the same, and how it came about."""

    worked = serializers.CharField(required=False, help_text="The formula with its numbers.")
    course = serializers.ListField(
        child=serializers.DictField(), required=False, help_text="The last 13 values."
    )
    columns = serializers.ListField(child=serializers.CharField(), required=False)
    rows = serializers.ListField(
        child=serializers.ListField(), required=False, help_text="Those that you may see."
    )
    rows_in_all = serializers.IntegerField(required=False)


class PointSerializer(serializers.Serializer[Any]):
    """One value of a series."""

    period = serializers.CharField()
    as_of = serializers.DateField()
    value = serializers.FloatField(allow_null=True)
    part = serializers.FloatField(allow_null=True)
    whole = serializers.FloatField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    small_base = serializers.BooleanField()


class SeriesSerializer(serializers.Serializer[Any]):
    """A number, oldest value first."""

    key = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    scope = serializers.CharField()
    step = serializers.CharField()
    known_on = serializers.DateField(allow_null=True)
    points = PointSerializer(many=True)
