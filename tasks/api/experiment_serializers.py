"""What the API tells and takes about tests on websites: their plans, arms and readings."""

from typing import Any

from django.core.exceptions import ValidationError as Refusal
from django.utils import timezone
from rest_framework import serializers

from godview.rest.errors import sentences
from godview.rest.serializers import RowSerializer
from tasks import experiments, models


class ExperimentSerializer(RowSerializer[models.Experiment]):
    """The plan of a test. It is fixed since the first reading, and no field holds a verdict."""

    class Meta:
        model = models.Experiment
        fields: tuple[str, ...] = (
            "id",
            "client",
            "designer",
            "tactic",
            "name",
            "page",
            "hypothesis",
            "metric",
            "rule",
            "alpha",
            "power",
            "baseline_rate",
            "smallest_lift",
            "planned_per_arm",
            "started_on",
            "ended_on",
            "note",
        )
        read_only_fields: tuple[str, ...] = ("ended_on",)
        fixed = ("client",)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        told = super().validate(attrs)
        row = models.Experiment(
            client=told.get("client", getattr(self.instance, "client", None)),
            tactic=told.get("tactic", getattr(self.instance, "tactic", None)),
        )
        old: Any = self.instance
        start = told.get("started_on")
        moved = old is None or start != old.started_on
        with _as_answers():
            experiments.refuse_a_foreign_tactic(row)
            if start is not None and moved:
                experiments.refuse_a_late_plan(start, timezone.localdate())
        return told


class StopSerializer(serializers.Serializer[Any]):
    """On which day a test was stopped, and why."""

    ended_on = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class ExperimentArmSerializer(RowSerializer[models.ExperimentArm]):
    """The control, or one variant. Since the first reading of the test, arms are fixed."""

    class Meta:
        model = models.ExperimentArm
        fields = ("id", "experiment", "name", "is_control")
        fixed = ("experiment",)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        told = super().validate(attrs)
        old: Any = self.instance
        experiment = old.experiment_id if old else told["experiment"].pk
        changed = old is None or any(getattr(old, name) != value for name, value in told.items())
        with _as_answers():
            if changed:
                experiments.refuse_other_arms(experiment)
        return told


class ArmReadingSerializer(RowSerializer[models.ArmReading]):
    """Visitors and conversions of an arm since the start, as they were on a day."""

    class Meta:
        model = models.ArmReading
        fields = ("id", "arm", "read_on", "visitors", "conversions")
        fixed = ("arm", "read_on")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        told = super().validate(attrs)
        old: Any = self.instance
        row = models.ArmReading(pk=old.pk if old else None)
        for name in ("arm", "read_on", "visitors", "conversions"):
            setattr(row, name, told[name] if name in told else getattr(old, name))
        with _as_answers():
            experiments.refuse_an_impossible_reading(row, timezone.localdate())
        return told


class _as_answers:  # noqa: N801 - reads as a statement
    """Refusals of the deeds, as the API words them."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, refusal: Any, trace: Any) -> None:
        if isinstance(refusal, Refusal):
            raise serializers.ValidationError(sentences(refusal)) from None
