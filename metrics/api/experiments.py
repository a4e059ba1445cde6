"""Tests with their verdicts, which are read and never written."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from metrics.dashboards.experiments.words import named
from metrics.formulas.experiment_course import Outcome, Seen, sample_share
from metrics.formulas.experiments import VerdictState
from metrics.queries.experiments import TestRecord, read_records
from tasks import models
from tasks.api.experiment_serializers import ExperimentSerializer
from tasks.api.experiment_viewsets import ExperimentViewSet


class ComparisonSerializer(serializers.Serializer[Any]):
    """One variant against the control, once the test is decided."""

    variant = serializers.CharField()
    difference = serializers.FloatField(help_text="Share: 0.01 is one percentage point.")
    low = serializers.FloatField()
    high = serializers.FloatField()
    lift = serializers.FloatField(allow_null=True, help_text="Of the control's rate.")
    confidence = serializers.FloatField()


class TestVerdictSerializer(serializers.Serializer[Any]):
    """What may be said of a test today. It follows from the plan and the readings alone."""

    state = serializers.ChoiceField(choices=[state.value for state in VerdictState])
    reasons = serializers.ListField(child=serializers.CharField())
    decided_on = serializers.DateField(allow_null=True)
    sample_share = serializers.FloatField(help_text="Of the planned visitors, in the emptiest arm.")
    comparisons = ComparisonSerializer(many=True)


class JudgedExperimentSerializer(ExperimentSerializer):
    """The plan of a test, and its verdict. The plan is fixed since the first reading."""

    verdict = serializers.SerializerMethodField()

    class Meta(ExperimentSerializer.Meta):
        fields = (*ExperimentSerializer.Meta.fields, "verdict")

    @extend_schema_field(TestVerdictSerializer)
    def get_verdict(self, row: models.Experiment) -> dict[str, Any]:
        record = self._records.get(row.pk) or read_records(_only(row.pk))[0]
        return dict(TestVerdictSerializer(_told(record)).data)

    @property
    def _records(self) -> dict[int, TestRecord]:
        """Those of a whole page at once, read for the first of its rows."""
        rows = getattr(self.parent, "instance", None) if self.parent else None
        if rows is None:
            return {}
        if not hasattr(self, "_read"):
            records = read_records(_only(*(row.pk for row in rows)))
            self._read = {record.id: record for record in records}
        return self._read


class JudgedExperimentViewSet(ExperimentViewSet):
    serializer_class = JudgedExperimentSerializer


def _only(*ids: int) -> Any:
    return models.Experiment.objects.filter(pk__in=ids)


def _told(record: TestRecord) -> dict[str, Any]:
    outcome = record.outcome(timezone.localdate())
    names = [arm.name for arm in record.arms]
    return {
        "state": outcome.state.value,
        "reasons": named(outcome.reasons, names),
        "decided_on": outcome.decided_on,
        "sample_share": sample_share(record.plan, outcome.look).value,
        "comparisons": [_compared(seen, names[seen.variant]) for seen in _final(outcome)],
    }


def _final(outcome: Outcome) -> list[Seen]:
    """No figures are handed out before the end: nobody is to be tempted by them."""
    return [seen for seen in outcome.seen if seen.confidence is not None]


def _compared(seen: Seen, name: str) -> dict[str, Any]:
    return {
        "variant": name,
        "difference": seen.found.difference,
        "low": seen.interval.low,
        "high": seen.interval.high,
        "lift": seen.lift,
        "confidence": seen.confidence,
    }
