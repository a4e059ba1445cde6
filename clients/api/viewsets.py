"""Clients, people, money and promises over HTTP, written by the same deeds as on the pages."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from clients import agreements, contacting, goals, models, obligations, pivots
from clients.api import filters, serializers
from clients.importing.slugs import Slugs
from clients.sign_ins import follow_employment
from godview.access import is_leader, staff_of
from godview.rest.viewsets import AddableRows, EditableRows, member_of_staff


class ClientViewSet(EditableRows[models.Client]):
    queryset = models.Client.objects.all()
    serializer_class = serializers.ClientSerializer
    filterset_class = filters.ClientFilters

    def added(self, **fields: Any) -> models.Client:
        slug = Slugs(models.Client).new(fields["name"], fields["external_id"])
        return models.Client.objects.create(slug=slug, **fields)


class EngagementViewSet(EditableRows[models.Engagement]):
    queryset = models.Engagement.objects.all()
    serializer_class = serializers.EngagementSerializer
    filterset_class = filters.EngagementFilters


class PauseViewSet(EditableRows[models.Pause]):
    queryset = models.Pause.objects.all()
    serializer_class = serializers.PauseSerializer
    filterset_class = filters.PauseFilters


class FeeViewSet(EditableRows[models.Fee]):
    queryset = models.Fee.objects.all()
    serializer_class = serializers.FeeSerializer
    filterset_class = filters.FeeFilters


class ExchangeRateViewSet(EditableRows[models.ExchangeRate]):
    queryset = models.ExchangeRate.objects.all()
    serializer_class = serializers.ExchangeRateSerializer
    filterset_class = filters.ExchangeRateFilters


class GrossMarginViewSet(EditableRows[models.GrossMargin]):
    queryset = models.GrossMargin.objects.all()
    serializer_class = serializers.GrossMarginSerializer


class AssignmentViewSet(EditableRows[models.Assignment]):
    queryset = models.Assignment.objects.all()
    serializer_class = serializers.AssignmentSerializer
    filterset_class = filters.AssignmentFilters


class DepartmentViewSet(EditableRows[models.Department]):
    queryset = models.Department.objects.all()
    serializer_class = serializers.DepartmentSerializer
    filterset_class = filters.DepartmentFilters

    def added(self, **fields: Any) -> models.Department:
        slug = Slugs(models.Department).new(fields["name"])
        return models.Department.objects.create(slug=slug, **fields)


class StaffViewSet(EditableRows[models.Staff]):
    queryset = models.Staff.objects.all()
    serializer_class = serializers.StaffSerializer
    filterset_class = filters.StaffFilters

    def added(self, **fields: Any) -> models.Staff:
        slug = Slugs(models.Staff).new(fields["name"], fields["external_id"])
        return models.Staff.objects.create(slug=slug, **fields)

    @transaction.atomic
    def perform_update(self, serializer: BaseSerializer[models.Staff]) -> None:
        follow_employment(staff=serializer.save(), today=timezone.localdate())


class PodViewSet(EditableRows[models.Pod]):
    queryset = models.Pod.objects.all()
    serializer_class = serializers.PodSerializer
    filterset_class = filters.PodFilters

    def added(self, **fields: Any) -> models.Pod:
        slug = Slugs(models.Pod).new(fields["name"], fields["external_id"])
        return models.Pod.objects.create(slug=slug, **fields)


class PodMembershipViewSet(EditableRows[models.PodMembership]):
    queryset = models.PodMembership.objects.all()
    serializer_class = serializers.PodMembershipSerializer
    filterset_class = filters.PodMembershipFilters


class ContactViewSet(EditableRows[models.Contact]):
    queryset = models.Contact.objects.all()
    serializer_class = serializers.ContactSerializer
    filterset_class = filters.ContactFilters


class TouchpointViewSet(EditableRows[models.Touchpoint]):
    """Contacts with clients. Older than a week, only leaders log them."""

    queryset = models.Touchpoint.objects.all()
    serializer_class = serializers.TouchpointSerializer
    filterset_class = filters.TouchpointFilters

    def added(self, **fields: Any) -> models.Touchpoint:
        user = self.request.user
        fields.setdefault("staff", staff_of(user))
        if is_leader(user):
            return super().added(**fields)
        return contacting.log_touchpoint(**fields, now=timezone.now())


class TermsViewSet(EditableRows[models.ExpectationTerms]):
    queryset = models.ExpectationTerms.objects.prefetch_related("rules")
    serializer_class = serializers.TermsSerializer
    filterset_class = filters.TermsFilters


class TermsRuleViewSet(EditableRows[models.TermsRule]):
    queryset = models.TermsRule.objects.all()
    serializer_class = serializers.TermsRuleSerializer
    filterset_class = filters.TermsRuleFilters


class AgreementViewSet(AddableRows[models.SignedAgreement]):
    """Signed copies. They are never changed: the words are those of the day they were signed."""

    queryset = models.SignedAgreement.objects.all()
    serializer_class = serializers.AgreementSerializer
    filterset_class = filters.AgreementFilters

    def added(self, **fields: Any) -> models.SignedAgreement:
        return agreements.sign(**fields, today=timezone.localdate())


class ObligationViewSet(EditableRows[models.Obligation]):
    queryset = models.Obligation.objects.all()
    serializer_class = serializers.ObligationSerializer
    filterset_class = filters.ObligationFilters
    deeds = {"answer": "change"}

    def added(self, **fields: Any) -> models.Obligation:
        fields.setdefault("asked_by", staff_of(self.request.user))
        return obligations.ask(**fields, now=timezone.now())

    @extend_schema(request=serializers.AnswerSerializer, responses=serializers.ObligationSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """The client answered: stop the clock. A late answer stays late."""
        obligation = self.get_object()
        form = serializers.AnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        answered = obligations.answer(
            obligation=obligation, now=timezone.now(), **form.validated_data
        )
        return Response(self.get_serializer(answered).data)


class ClientGoalViewSet(EditableRows[models.ClientGoal]):
    """90-day goals; they end 90 days after they start.

    What was agreed is locked. A leader changes it at `promises/{id}/change/`, with a reason.
    """

    queryset = models.ClientGoal.objects.all()
    serializer_class = serializers.ClientGoalSerializer
    filterset_class = filters.ClientGoalFilters

    def added(self, **fields: Any) -> models.ClientGoal:
        return goals.agree(**fields, today=timezone.localdate())


class GoalReadingViewSet(EditableRows[models.GoalReading]):
    queryset = models.GoalReading.objects.all()
    serializer_class = serializers.GoalReadingSerializer
    filterset_class = filters.GoalReadingFilters

    def added(self, **fields: Any) -> models.GoalReading:
        fields.setdefault("staff", staff_of(self.request.user))
        return goals.add_reading(**fields, today=timezone.localdate())


class PivotViewSet(AddableRows[models.Pivot]):
    """Decided today by whoever sends it, and judged once, on a later day."""

    queryset = models.Pivot.objects.all()
    serializer_class = serializers.PivotSerializer
    filterset_class = filters.PivotFilters
    deeds = {"judge": "change"}

    def added(self, **fields: Any) -> models.Pivot:
        return pivots.decide(
            goal=fields["goal"],
            text=fields["text"],
            by=member_of_staff(self.request),
            today=timezone.localdate(),
        )

    @extend_schema(
        request=serializers.PivotVerdictSerializer, responses=serializers.PivotSerializer
    )
    @action(detail=True, methods=["post"])
    def judge(self, request: Request, pk: str) -> Response:
        """Say whether it helped; that is final."""
        pivot = self.get_object()
        form = serializers.PivotVerdictSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        judged = pivots.judge(pivot=pivot, today=timezone.localdate(), **form.validated_data)
        return Response(self.get_serializer(judged).data)
