"""Meetings over HTTP: looked at, decided in, ended. They are begun and led on their own pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from godview.rest.filters import IdFilter, RowFilters, before_day, from_day, order_by
from godview.rest.serializers import RowSerializer
from godview.rest.viewsets import AddableRows, Rows, member_of_staff
from tasks import models
from tasks.meetings import growth
from tasks.meetings import pod as pods


class MeetingSerializer(RowSerializer[models.Meeting]):
    """A growth review, of a pod or the agency, or the weekly meeting of a pod."""

    class Meta:
        model = models.Meeting
        fields = ("id", "kind", "pod", "held_on", "started_by", "started_at", "ended_at")
        read_only_fields = fields


class MeetingTurnSerializer(RowSerializer[models.MeetingTurn]):
    """One client's turn: its place, the pace it stood at, and whether it was talked about."""

    class Meta:
        model = models.MeetingTurn
        fields = ("id", "meeting", "client", "place", "state", "reviewed_at", "seconds")
        read_only_fields = fields


class PassedOnSerializer(serializers.Serializer[Any]):
    """How long the client was talked about."""

    seconds = serializers.IntegerField(min_value=0, max_value=growth.LONGEST_LOOK, default=0)


class MeetingDecisionSerializer(RowSerializer[models.Decision]):
    """What a meeting decided for a client. Once it is a promised weekly goal it is fixed."""

    class Meta:
        model = models.Decision
        fields = (
            "id",
            "meeting",
            "client",
            "choice",
            "text",
            "owner",
            "due_on",
            "weekly_goal",
            "decided_by",
            "decided_at",
            "version",
        )
        read_only_fields = ("weekly_goal", "decided_by", "decided_at", "version")
        fixed = ("meeting", "client")


class MeetingFilters(RowFilters):
    held_from = from_day("held_on")
    held_before = before_day("held_on")
    running = filters.BooleanFilter("ended_at", "isnull", label="Not ended yet.")
    ordering = order_by("held_on", "started_at")

    class Meta:
        model = models.Meeting
        fields = ("kind", "pod", "started_by")


class MeetingTurnFilters(RowFilters):
    reviewed = filters.BooleanFilter(
        "reviewed_at", "isnull", exclude=True, label="Talked about, or skipped."
    )
    ordering = order_by("place", "reviewed_at")

    class Meta:
        model = models.MeetingTurn
        fields = ("meeting", "client", "state")


class DecisionFilters(RowFilters):
    searched = ("text",)
    pod = IdFilter(field_name="meeting__pod", label="Decided in a meeting of this pod.")
    due_from = from_day("due_on")
    due_before = before_day("due_on")
    promised = filters.BooleanFilter(
        "weekly_goal", "isnull", exclude=True, label="Is a weekly goal by now, or not."
    )
    ordering = order_by("decided_at", "due_on")

    class Meta:
        model = models.Decision
        fields = ("meeting", "client", "choice", "owner", "decided_by")


class MeetingViewSet(Rows[models.Meeting]):
    queryset = models.Meeting.objects.all()
    serializer_class = MeetingSerializer
    filterset_class = MeetingFilters
    deeds = {"end": "change"}

    @extend_schema(request=None, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """It is over. Who was not talked about stays on its list as skipped."""
        member_of_staff(request)
        ended = growth.end(meeting=self.get_object(), now=timezone.now())
        return Response(self.get_serializer(ended).data)


class MeetingTurnViewSet(Rows[models.MeetingTurn]):
    queryset = models.MeetingTurn.objects.all()
    serializer_class = MeetingTurnSerializer
    filterset_class = MeetingTurnFilters
    deeds = {"pass_on": "change"}

    @extend_schema(request=PassedOnSerializer, responses=MeetingTurnSerializer)
    @action(detail=True, methods=["post"], url_path="pass", url_name="pass")
    def pass_on(self, request: Request, pk: str) -> Response:
        """The client was talked about; what was decided for it is promised from now on."""
        member_of_staff(request)
        turn, form = self.get_object(), PassedOnSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        growth.pass_on(turn=turn, now=timezone.now(), **form.validated_data)
        turn.refresh_from_db()
        return Response(self.get_serializer(turn).data)


class DecisionViewSet(mixins.UpdateModelMixin, AddableRows[models.Decision]):
    """Whoever sends it decides. In a pod's meeting it is promised at once."""

    queryset = models.Decision.objects.all()
    serializer_class = MeetingDecisionSerializer
    filterset_class = DecisionFilters

    def added(self, **fields: Any) -> models.Decision:
        return self._decided(fields.pop("meeting"), fields.pop("client"), fields)

    def perform_update(self, serializer: BaseSerializer[models.Decision]) -> None:
        row, said = self.get_object(), serializer.validated_data
        names = ("choice", "text", "owner", "due_on")
        told = {name: said.get(name, getattr(row, name)) for name in names}
        if any(value != getattr(row, name) for name, value in told.items()):
            row = self._decided(row.meeting, row.client, told)
        serializer.instance = row

    def _decided(self, meeting: Any, client: Any, told: dict[str, Any]) -> models.Decision:
        turn = models.MeetingTurn.objects.filter(meeting=meeting, client=client).first()
        if turn is None:
            raise ValidationError({"client": "This client has no turn in this meeting."})
        told = {"text": "", "owner": None, "due_on": None, **told}
        deed = pods.decide if meeting.kind == models.Meeting.Kind.POD else growth.decide
        deed(turn=turn, by=member_of_staff(self.request), now=timezone.now(), **told)
        return models.Decision.objects.get(meeting=meeting, client=client)
