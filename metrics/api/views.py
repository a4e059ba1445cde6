"""The numbers over HTTP: the same as on the pages and from `manage.py metrics`."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from metrics.api.serializers import MetricSerializer, QuestionSerializer
from metrics.catalogue import CATALOGUE
from metrics.dashboards.numbers import compute
from metrics.queries.reach import may_see
from metrics.queries.scopes import UnknownScopeError, find_scope


class Metrics(APIView):
    """Every number of the catalogue, for a scope, a period and a day."""

    @extend_schema(
        operation_id="metrics_list",
        parameters=[QuestionSerializer],
        responses=MetricSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(answers(request, CATALOGUE))


class OneMetric(APIView):
    """One number of the catalogue, for a scope, a period and a day."""

    @extend_schema(
        operation_id="metrics_retrieve", parameters=[QuestionSerializer], responses=MetricSerializer
    )
    def get(self, request: Request, key: str) -> Response:
        if key not in CATALOGUE:
            raise NotFound
        return Response(answers(request, [key])[0])


def answers(request: Request, keys: Iterable[str]) -> list[dict[str, Any]]:
    """The numbers asked for; a scope that is not the person's to see does not exist."""
    question = QuestionSerializer(data=request.query_params)
    question.is_valid(raise_exception=True)
    asked = question.validated_data
    try:
        scope = find_scope(asked["scope"])
    except UnknownScopeError as unknown:
        raise NotFound from unknown
    if not may_see(request.user, scope, timezone.localdate()):
        raise NotFound
    measures = compute(scope, asked["asked"], asked["as_of"], keys)
    context = {"scope": str(scope), "period": str(asked["asked"]), "as_of": asked["as_of"]}
    return [
        dict(MetricSerializer({**_described(key), **measure.as_json(), **context}).data)
        for key, measure in measures.items()
    ]


def _described(key: str) -> dict[str, Any]:
    metric = CATALOGUE[key]
    return {
        "key": key,
        "name": metric.name,
        "definition": metric.definition,
        "formula": metric.formula,
        "source": metric.source,
        "threshold": metric.threshold,
        "lower_is_better": metric.lower_is_better,
    }
