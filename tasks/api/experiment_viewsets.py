"""Tests on websites over HTTP: planned, read, stopped. Verdicts are worked out in metrics."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from godview.access import Role, staff_of
from godview.rest.viewsets import AddableRows, EditableRows
from tasks import experiments, models
from tasks.api import experiment_filters as filters
from tasks.api import experiment_serializers as serializers


class ExperimentViewSet(EditableRows[models.Experiment]):
    queryset = models.Experiment.objects.all()
    serializer_class = serializers.ExperimentSerializer
    filterset_class = filters.ExperimentFilters
    deeds = {"stop": "change"}

    def added(self, **fields: Any) -> models.Experiment:
        staff = staff_of(self.request.user)
        if staff is not None and staff.role == Role.DESIGNER:
            fields.setdefault("designer", staff)
        return super().added(**fields)

    def perform_destroy(self, instance: models.Experiment) -> None:
        """What was read is on the record: losses cannot be deleted."""
        if experiments.is_fixed(instance.pk):
            raise ValidationError("It has readings, so it is on the record: stop it instead.")
        super().perform_destroy(instance)

    @extend_schema(request=serializers.StopSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        """End a test, for good. With its sample incomplete it proves nothing."""
        experiment = self.get_object()
        form = serializers.StopSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        stopped = experiments.stop(
            experiment=experiment, today=timezone.localdate(), **form.validated_data
        )
        return Response(self.get_serializer(stopped).data)


class ExperimentArmViewSet(EditableRows[models.ExperimentArm]):
    queryset = models.ExperimentArm.objects.all()
    serializer_class = serializers.ExperimentArmSerializer
    filterset_class = filters.ExperimentArmFilters

    def perform_destroy(self, instance: models.ExperimentArm) -> None:
        experiments.refuse_other_arms(instance.experiment_id)
        super().perform_destroy(instance)


class ArmReadingViewSet(mixins.UpdateModelMixin, AddableRows[models.ArmReading]):
    """Readings are added and corrected, with their history; none is deleted."""

    queryset = models.ArmReading.objects.all()
    serializer_class = serializers.ArmReadingSerializer
    filterset_class = filters.ArmReadingFilters
