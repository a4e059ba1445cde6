"""The numbers over HTTP: the same as on the pages and from `manage.py metrics`."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from metrics.api.serializers import (
    ExplainedSerializer,
    MetricSerializer,
    QuestionSerializer,
    SeriesQuestionSerializer,
    SeriesSerializer,
)
from metrics.catalogue import CATALOGUE, under
from metrics.dashboards.explained import explained
from metrics.dashboards.numbers import compute
from metrics.dashboards.series import series
from metrics.queries.limits import Limits, read_limits
from metrics.queries.reach import may_know, may_see
from metrics.queries.scopes import Scope, UnknownScopeError, find_scope


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
    """One number of the catalogue, for a scope, a period and a day; with its reasons, if asked."""

    @extend_schema(
        operation_id="metrics_retrieve",
        parameters=[QuestionSerializer],
        responses=ExplainedSerializer,
    )
    def get(self, request: Request, key: str) -> Response:
        found = answers(request, [_known(key)])
        if not found:
            raise NotFound
        return Response(found[0])


class Series(APIView):
    """One number, week by week or month by month."""

    @extend_schema(
        operation_id="metrics_series",
        parameters=[SeriesQuestionSerializer],
        responses=SeriesSerializer,
    )
    def get(self, request: Request, key: str) -> Response:
        metric = CATALOGUE[_known(key)]
        asked = _read(SeriesQuestionSerializer, request)
        scope, known_on = _scope(request, asked), asked.get("known_on")
        if not may_know(request.user, metric.permission, scope):
            raise NotFound
        points = series(scope, asked["step"], asked["count"], asked["as_of"], [key], known_on)
        told = {
            "key": key,
            "name": metric.name,
            "unit": points[-1].measures[key].unit,
            "scope": str(scope),
            "step": asked["step"],
            "known_on": known_on,
            "points": [
                {"period": str(p.period), "as_of": p.as_of, **p.measures[key].as_json()}
                for p in points
            ],
        }
        return Response(SeriesSerializer(told).data)


def answers(request: Request, keys: Iterable[str]) -> list[dict[str, Any]]:
    """The numbers asked for; a scope that is not the person's to see does not exist."""
    asked = _read(QuestionSerializer, request)
    scope, known_on = _scope(request, asked), asked.get("known_on")
    allowed = [k for k in keys if may_know(request.user, CATALOGUE[k].permission, scope)]
    limits = read_limits().on(asked["as_of"])
    measures = compute(scope, asked["asked"], asked["as_of"], allowed, known_on)
    context = {
        "scope": str(scope),
        "period": str(asked["asked"]),
        "as_of": asked["as_of"],
        "known_on": known_on,
    }
    found = []
    for key, measure in measures.items():
        told = {**_described(key, limits), **measure.as_json(), **context}
        if asked["explain"]:
            told |= explained(key, scope, asked["asked"], asked["as_of"], known_on, request.user)
        found.append(dict(ExplainedSerializer(told).data))
    return found


def _known(key: str) -> str:
    if key not in CATALOGUE:
        raise NotFound
    return key


def _read(serializer: Any, request: Request) -> dict[str, Any]:
    question = serializer(data=request.query_params)
    question.is_valid(raise_exception=True)
    told: dict[str, Any] = question.validated_data
    return told


def _scope(request: Request, asked: dict[str, Any]) -> Scope:
    try:
        scope = find_scope(asked["scope"])
    except UnknownScopeError as unknown:
        raise NotFound from unknown
    if not may_see(request.user, scope, timezone.localdate()):
        raise NotFound
    return scope


def _described(key: str, limits: Limits) -> dict[str, Any]:
    metric = under(key, limits)
    return {
        "key": key,
        "name": metric.name,
        "definition": metric.definition,
        "formula": metric.formula,
        "source": metric.source,
        "threshold": metric.threshold,
        "lower_is_better": metric.lower_is_better,
    }
