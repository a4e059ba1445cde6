"""The rules of segments and the changes of process, as the agency words them, over HTTP."""

from clients import models
from godview.rest.filters import RowFilters, before_day, from_day, order_by
from godview.rest.serializers import RowSerializer
from godview.rest.viewsets import EditableRows


class SegmentRuleSerializer(RowSerializer[models.SegmentRule]):
    class Meta:
        model = models.SegmentRule
        fields = ("id", "code", "rule")


class SegmentRuleFilters(RowFilters):
    ordering = order_by("code")

    class Meta:
        model = models.SegmentRule
        fields = ("code",)


class SegmentRuleViewSet(EditableRows[models.SegmentRule]):
    queryset = models.SegmentRule.objects.all()
    serializer_class = SegmentRuleSerializer
    filterset_class = SegmentRuleFilters


class ProcessChangeSerializer(RowSerializer[models.ProcessChange]):
    class Meta:
        model = models.ProcessChange
        fields = ("id", "happened_on", "title", "note")


class ProcessChangeFilters(RowFilters):
    searched = ("title", "note")
    happened_from = from_day("happened_on")
    happened_before = before_day("happened_on")
    ordering = order_by("happened_on")

    class Meta:
        model = models.ProcessChange
        fields = ("title",)


class ProcessChangeViewSet(EditableRows[models.ProcessChange]):
    queryset = models.ProcessChange.objects.all()
    serializer_class = ProcessChangeSerializer
    filterset_class = ProcessChangeFilters
