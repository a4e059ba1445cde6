"""What lists of the ledger can be narrowed and ordered by."""

from django_filters import rest_framework as filters

from godview.rest.filters import IdFilter, RowFilters, before_day, from_day, order_by
from tasks import models


def of_client() -> IdFilter:
    return IdFilter(field_name="promise__client", label="Promised to this client.")


class PromiseFilters(RowFilters):
    searched = ("text",)
    due_from = from_day("due_on")
    due_before = before_day("due_on")
    state = filters.ChoiceFilter(
        field_name="standing__state", choices=models.Standing.State.choices
    )
    continued = filters.BooleanFilter(
        "standing__continues",
        "isnull",
        exclude=True,
        label="Only carries on an older promise, or is one of its own.",
    )
    ordering = order_by("due_on", "committed_at")

    class Meta:
        model = models.Promise
        fields = ("client", "owner", "kind", "task", "weekly_goal", "client_goal", "unplanned")


class PromiseEventFilters(RowFilters):
    client = of_client()
    happened_from = from_day("happened_at__date")
    happened_before = before_day("happened_at__date")
    ordering = order_by("happened_at", "recorded_at")

    class Meta:
        model = models.PromiseEvent
        fields = ("promise", "kind", "actor", "known_by", "excuse")


class FindingFilters(RowFilters):
    client = of_client()
    ordering = order_by("found_at", "score")

    class Meta:
        model = models.Finding
        fields = ("promise", "kind", "state", "decided_by")


class PostponementFilters(RowFilters):
    searched = ("text",)
    client = of_client()
    due_from = from_day("due_on")
    due_before = before_day("due_on")
    ordering = order_by("asked_at", "due_on")

    class Meta:
        model = models.Postponement
        fields = ("promise", "reason", "state", "asked_by", "decided_by", "obligation")


class HelpRequestFilters(RowFilters):
    searched = ("text", "answer")
    open = filters.BooleanFilter("given_at", "isnull", label="Nobody has helped yet.")
    ordering = order_by("asked_at", "given_at")

    class Meta:
        model = models.HelpRequest
        fields = ("client", "weekly_goal", "client_goal", "asked_by", "given_by")


class RiskFilters(RowFilters):
    searched = ("text", "answer")
    open = filters.BooleanFilter("closed_at", "isnull", label="Not closed yet.")
    due_from = from_day("due_on")
    due_before = before_day("due_on")
    ordering = order_by("told_at", "due_on", "closed_at")

    class Meta:
        model = models.Risk
        fields = ("client", "owner", "told_by", "outcome")
