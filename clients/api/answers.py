"""What people answered over HTTP: how likely they recommend us, and how satisfied they are."""

from typing import Any

from django.utils import timezone

from clients import models, surveys
from clients.api.filters import of_client
from godview.rest.filters import RowFilters, before_day, from_day, order_by
from godview.rest.serializers import RowSerializer
from godview.rest.viewsets import EditableRows


class NpsAnswerSerializer(RowSerializer[models.NpsAnswer]):
    class Meta:
        model = models.NpsAnswer
        fields = ("id", "request", "answered_on", "score", "comment")
        fixed = ("request",)


class NpsAnswerFilters(RowFilters):
    searched = ("comment",)
    client = of_client("request__contact__client")
    answered_from = from_day("answered_on")
    answered_before = before_day("answered_on")
    ordering = order_by("answered_on", "score")

    class Meta:
        model = models.NpsAnswer
        fields = ("request", "request__wave", "score")


class NpsAnswerViewSet(EditableRows[models.NpsAnswer]):
    """Of several answers of a person in a round the last one counts."""

    queryset = models.NpsAnswer.objects.all()
    serializer_class = NpsAnswerSerializer
    filterset_class = NpsAnswerFilters

    def added(self, **fields: Any) -> models.NpsAnswer:
        return surveys.answer_nps(**fields, today=timezone.localdate())


class CsiAnswerSerializer(RowSerializer[models.CsiAnswer]):
    class Meta:
        model = models.CsiAnswer
        fields = ("id", "request", "question", "answered_on", "score")
        fixed = ("request", "question")


class CsiAnswerFilters(RowFilters):
    client = of_client("request__contact__client")
    ordering = order_by("answered_on", "score")

    class Meta:
        model = models.CsiAnswer
        fields = ("request", "request__wave", "question")


class CsiAnswerViewSet(EditableRows[models.CsiAnswer]):
    """One rating of one thing. What nobody rated takes its weight out of the index."""

    queryset = models.CsiAnswer.objects.all()
    serializer_class = CsiAnswerSerializer
    filterset_class = CsiAnswerFilters

    def added(self, **fields: Any) -> models.CsiAnswer:
        request, question = fields["request"], fields["question"]
        scores = {question: fields["score"]}
        today = timezone.localdate()
        return surveys.rate(
            request=request, scores=scores, answered_on=fields["answered_on"], today=today
        )[0]
