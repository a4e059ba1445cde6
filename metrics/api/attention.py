"""What needs a decision, and what is decided about it; and the limits of the rules."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from clients.models import Staff
from godview.access import staff_of
from godview.rest.filters import RowFilters, before_day, from_day, order_by
from godview.rest.limits import LARGEST_ID, sane_year
from godview.rest.serializers import RowSerializer
from godview.rest.viewsets import EditableRows, Rows
from metrics import attending, models
from metrics.attention import RULES
from metrics.limits import check_limit


class CaseFilters(RowFilters):
    searched = ("next_action", "client__name")
    opened_from = from_day("opened_on")
    opened_before = before_day("opened_on")
    is_open = django_filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull")
    ordering = order_by("opened_on", "due_on")

    class Meta:
        model = models.AttentionCase
        fields = ("client", "owner", "due_on")


class LimitFilters(RowFilters):
    searched = ("key",)
    ordering = order_by("key", "starts_on")

    class Meta:
        model = models.Limit
        fields = ("key", "starts_on")


class CrossingSerializer(serializers.ModelSerializer[models.Crossing]):
    """A rule that the client breaks: what was true when it began."""

    class Meta:
        model = models.Crossing
        fields = ("rule", "bad", "fact", "crossed_on", "cleared_on")


class CaseSerializer(RowSerializer[models.AttentionCase]):
    """A client that needs a decision, with every rule that it broke since."""

    crossings = CrossingSerializer(many=True, read_only=True)

    class Meta:
        model = models.AttentionCase
        fields = (
            "id",
            "client",
            "opened_on",
            "ended_on",
            "owner",
            "next_action",
            "due_on",
            "snoozed_until",
            "snooze_reason",
            "closed_by",
            "close_reason",
            "version",
            "crossings",
        )
        read_only_fields = fields


class SeenSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(
        min_value=1, max_value=LARGEST_ID, help_text="As you have read it."
    )


class AssignSerializer(SeenSerializer):
    owner = serializers.PrimaryKeyRelatedField(
        queryset=Staff.objects.all(),
        pk_field=serializers.IntegerField(min_value=1, max_value=LARGEST_ID),
    )
    next_action = serializers.CharField(max_length=300)
    due_on = serializers.DateField(validators=[sane_year])

    def validate_owner(self, owner: Staff) -> Staff:
        if not owner.is_working_on(timezone.localdate()):
            raise serializers.ValidationError(f"{owner.name} does not work here any more.")
        return owner


class SnoozeSerializer(SeenSerializer):
    until = serializers.DateField(validators=[sane_year])
    reason = serializers.CharField(max_length=300)


class CloseSerializer(SeenSerializer):
    reason = serializers.CharField(max_length=300)


class AttentionViewSet(Rows[models.AttentionCase]):
    """Clients that need a decision. A case opens by itself when a rule is crossed."""

    queryset = models.AttentionCase.objects.prefetch_related("crossings")
    serializer_class = CaseSerializer
    filterset_class = CaseFilters
    deeds = dict.fromkeys(("assign", "snooze", "close", "reopen"), "change")

    @extend_schema(request=AssignSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str) -> Response:
        """Who sees to it, what they do next, and until when."""
        return self._done(attending.assign, AssignSerializer, request)

    @extend_schema(request=SnoozeSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def snooze(self, request: Request, pk: str) -> Response:
        """Put it off for two weeks at most; it comes back when another rule is crossed."""
        return self._done(attending.snooze, SnoozeSerializer, request)

    @extend_schema(request=CloseSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Nothing more is to be done."""
        return self._done(attending.close, CloseSerializer, request, by=staff_of(request.user))

    @extend_schema(request=None, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Take back that it was put off or closed."""
        case = attending.reopen(client=self.get_object().client)
        return Response(self.get_serializer(case).data)

    def _done(self, deed: Any, serializer: Any, request: Request, **more: Any) -> Response:
        seen = self.get_object()
        if seen.ended_on is not None:
            raise ValidationError("It has ended. A new one opens when a rule is crossed again.")
        form = serializer(data=request.data)
        form.is_valid(raise_exception=True)
        case = deed(client=seen.client, now=timezone.now(), **form.validated_data, **more)
        return Response(self.get_serializer(case).data)


class LimitSerializer(RowSerializer[models.Limit]):
    class Meta:
        model = models.Limit
        fields = ("id", "key", "starts_on", "value", "set_by", "note")
        read_only_fields = ("set_by",)
        extra_kwargs = {"key": {"help_text": f"One of: {', '.join(RULES)}."}}

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        key = told.get("key", getattr(self.instance, "key", ""))
        value = told.get("value", getattr(self.instance, "value", 0))
        check_limit(key, value)
        return super().validate(told)


class LimitViewSet(EditableRows[models.Limit]):
    """Where each rule of the attention list alarms, from a day on."""

    queryset = models.Limit.objects.all()
    serializer_class = LimitSerializer
    filterset_class = LimitFilters

    def added(self, **fields: Any) -> models.Limit:
        return super().added(**fields, set_by=staff_of(self.request.user))
