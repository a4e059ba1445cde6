"""Rounds of asking over HTTP: what they ask about, and who was asked."""

from typing import Any

from clients import models, surveys
from clients.api.filters import of_client
from godview.rest.filters import RowFilters, before_day, from_day, order_by
from godview.rest.serializers import RowSerializer
from godview.rest.viewsets import EditableRows


class SurveyWaveSerializer(RowSerializer[models.SurveyWave]):
    class Meta:
        model = models.SurveyWave
        fields = ("id", "kind", "name", "opened_on")
        fixed = ("kind",)


class SurveyWaveFilters(RowFilters):
    searched = ("name",)
    ordering = order_by("opened_on", "name")

    class Meta:
        model = models.SurveyWave
        fields = ("kind",)


class SurveyWaveViewSet(EditableRows[models.SurveyWave]):
    queryset = models.SurveyWave.objects.all()
    serializer_class = SurveyWaveSerializer
    filterset_class = SurveyWaveFilters


class CsiQuestionSerializer(RowSerializer[models.CsiQuestion]):
    class Meta:
        model = models.CsiQuestion
        fields = ("id", "wave", "aspect", "weight", "highest")
        fixed = ("wave",)


class CsiQuestionFilters(RowFilters):
    ordering = order_by("weight", "aspect")

    class Meta:
        model = models.CsiQuestion
        fields = ("wave",)


class CsiQuestionViewSet(EditableRows[models.CsiQuestion]):
    queryset = models.CsiQuestion.objects.all()
    serializer_class = CsiQuestionSerializer
    filterset_class = CsiQuestionFilters


class SurveyRequestSerializer(RowSerializer[models.SurveyRequest]):
    class Meta:
        model = models.SurveyRequest
        fields = ("id", "wave", "contact", "sent_on")
        fixed = ("wave", "contact")


class SurveyRequestFilters(RowFilters):
    client = of_client("contact__client")
    sent_from = from_day("sent_on")
    sent_before = before_day("sent_on")
    ordering = order_by("sent_on")

    class Meta:
        model = models.SurveyRequest
        fields = ("wave", "contact")


class SurveyRequestViewSet(EditableRows[models.SurveyRequest]):
    """Who was asked in a round. Within 90 days nobody is asked again: that is refused."""

    queryset = models.SurveyRequest.objects.all()
    serializer_class = SurveyRequestSerializer
    filterset_class = SurveyRequestFilters

    def added(self, **fields: Any) -> models.SurveyRequest:
        return surveys.ask(**fields)
