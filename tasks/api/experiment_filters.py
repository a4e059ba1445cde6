"""What lists of tests, arms and readings can be narrowed and ordered by."""

from godview.rest.filters import RowFilters, before_day, from_day, order_by
from tasks import models


class ExperimentFilters(RowFilters):
    searched = ("name", "page", "hypothesis")
    started_from = from_day("started_on")
    started_before = before_day("started_on")
    ended_from = from_day("ended_on")
    ended_before = before_day("ended_on")
    ordering = order_by("started_on", "ended_on", "name")

    class Meta:
        model = models.Experiment
        fields = ("client", "designer", "tactic", "rule")


class ExperimentArmFilters(RowFilters):
    searched = ("name",)
    ordering = order_by("name")

    class Meta:
        model = models.ExperimentArm
        fields = ("experiment", "is_control")


class ArmReadingFilters(RowFilters):
    read_from = from_day("read_on")
    read_before = before_day("read_on")
    ordering = order_by("read_on")

    class Meta:
        model = models.ArmReading
        fields = ("arm", "read_on")
