"""The ledger over HTTP: read by all who reach the client, written by its own deeds only."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from godview.periods import DAY
from godview.rest.viewsets import AddableRows, Rows, member_of_staff
from tasks import help_requests, models, risks
from tasks.api import ledger_filters as filters
from tasks.api import ledger_serializers as serializers
from tasks.ledger import deciding, postponing
from tasks.ledger.goal_terms import GoalTerms, change


class PromiseViewSet(Rows[models.Promise]):
    """Frozen words and days, and how each promise stands."""

    queryset = models.Promise.objects.filter(standing__isnull=False).select_related("standing")
    serializer_class = serializers.PromiseSerializer
    filterset_class = filters.PromiseFilters
    deeds = {"change": "change"}

    @extend_schema(request=serializers.GoalTermsSerializer, responses=serializers.PromiseSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        """Change what was agreed for 90 days: leaders only. What is left away stays as it is."""
        row = self.get_object()
        goal = row.client_goal
        if goal is None:
            raise ValidationError("Only a 90-day goal is changed; ask to postpone anything else.")
        said = _said(request, serializers.GoalTermsSerializer)
        last_day = said.get("last_day", goal.last_day)
        to = GoalTerms(
            said.get("baseline", goal.baseline), said.get("target", goal.target), last_day + DAY
        )
        change(
            goal=goal, to=to, reason=said["reason"], by=member_of_staff(request), now=timezone.now()
        )
        return Response(self.get_serializer(self.get_object()).data)


class PromiseEventViewSet(Rows[models.PromiseEvent]):
    queryset = models.PromiseEvent.objects.all()
    serializer_class = serializers.PromiseEventSerializer
    filterset_class = filters.PromiseEventFilters


class FindingViewSet(Rows[models.Finding]):
    """Directors and leaders confirm or dismiss them; both are written into the ledger."""

    queryset = models.Finding.objects.all()
    serializer_class = serializers.FindingSerializer
    filterset_class = filters.FindingFilters
    deeds = {"confirm": "change", "dismiss": "change"}

    @extend_schema(request=serializers.DecisionSerializer, responses=serializers.FindingSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """It was so. A task made anew is joined to the first promise."""
        return self._decided(request, serializers.DecisionSerializer, deciding.confirm)

    @extend_schema(request=serializers.DismissalSerializer, responses=serializers.FindingSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: str) -> Response:
        """It was not so, and why."""
        return self._decided(request, serializers.DismissalSerializer, deciding.dismiss)

    def _decided(
        self, request: Request, kind: type[Serializer[Any]], decide: Callable[..., None]
    ) -> Response:
        row = self.get_object()
        decide(finding=row, **_said(request, kind), by=member_of_staff(request), now=timezone.now())
        row.refresh_from_db()
        return Response(self.get_serializer(row).data)


class PostponementViewSet(AddableRows[models.Postponement]):
    """Requests for another day. To add one asks; a director or leader answers."""

    queryset = models.Postponement.objects.all()
    serializer_class = serializers.PostponementSerializer
    filterset_class = filters.PostponementFilters
    deeds = {"approve": "change", "refuse": "change"}

    def added(self, **fields: Any) -> models.Postponement:
        return postponing.ask(**fields, by=member_of_staff(self.request), now=timezone.now())

    @extend_schema(
        request=serializers.DecisionSerializer, responses=serializers.PostponementSerializer
    )
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """From now on the new day counts."""
        return self._decided(request, postponing.approve)

    @extend_schema(
        request=serializers.DecisionSerializer, responses=serializers.PostponementSerializer
    )
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """The agreed day stands."""
        return self._decided(request, postponing.refuse)

    def _decided(self, request: Request, decide: Callable[..., None]) -> Response:
        row = self.get_object()
        said = _said(request, serializers.DecisionSerializer)
        decide(postponement=row, **said, by=member_of_staff(request), now=timezone.now())
        row.refresh_from_db()
        return Response(self.get_serializer(row).data)


class HelpRequestViewSet(AddableRows[models.HelpRequest]):
    """Whoever sends it asks; somebody else gives, and says how."""

    queryset = models.HelpRequest.objects.all()
    serializer_class = serializers.HelpRequestSerializer
    filterset_class = filters.HelpRequestFilters
    deeds = {"give": "change"}

    def added(self, **fields: Any) -> models.HelpRequest:
        goal = fields.get("weekly_goal") or fields.get("client_goal")
        if goal is None:
            raise ValidationError("Name the goal: weekly_goal or client_goal.")
        return help_requests.ask(
            client=fields["client"],
            goal=goal,
            text=fields["text"],
            by=member_of_staff(self.request),
            now=timezone.now(),
        )

    @extend_schema(
        request=serializers.HelpGivenSerializer, responses=serializers.HelpRequestSerializer
    )
    @action(detail=True, methods=["post"])
    def give(self, request: Request, pk: str) -> Response:
        """Help was given, and how."""
        row = self.get_object()
        said = _said(request, serializers.HelpGivenSerializer)
        given = help_requests.give(
            request=row, **said, by=member_of_staff(request), now=timezone.now()
        )
        return Response(self.get_serializer(given).data)


class RiskViewSet(AddableRows[models.Risk]):
    """Whoever sends it tells; it is answered, and closed with what came of it."""

    queryset = models.Risk.objects.all()
    serializer_class = serializers.RiskSerializer
    filterset_class = filters.RiskFilters
    deeds = {"answer": "change", "close": "change"}

    def added(self, **fields: Any) -> models.Risk:
        return risks.tell(by=member_of_staff(self.request), now=timezone.now(), **fields)

    @extend_schema(request=serializers.RiskAnswerSerializer, responses=serializers.RiskSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """What we do about it."""
        row, said = self.get_object(), _said(request, serializers.RiskAnswerSerializer)
        return Response(self.get_serializer(risks.answer(risk=row, **said)).data)

    @extend_schema(request=serializers.RiskOutcomeSerializer, responses=serializers.RiskSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """It happened, or it did not."""
        row, said = self.get_object(), _said(request, serializers.RiskOutcomeSerializer)
        return Response(self.get_serializer(risks.close(risk=row, now=timezone.now(), **said)).data)


def _said(request: Request, kind: type[Serializer[Any]]) -> dict[str, Any]:
    form = kind(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)
