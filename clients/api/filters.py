"""What lists of clients, people, money and promises can be narrowed and ordered by."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters

from clients import models
from godview.access import covers
from godview.rest.filters import DayFilter, IdFilter, RowFilters, before_day, from_day, order_by


def of_client(path: str) -> IdFilter:
    return IdFilter(field_name=path, label="Of this client.")


class ClientFilters(RowFilters):
    searched = ("name", "external_id", "industry")
    served_on = DayFilter(method="served", label="In an engagement on this day.")
    paused_on = DayFilter(method="paused", label="Paused on this day.")
    ordering = order_by("name", "external_id", "created_at")

    class Meta:
        model = models.Client
        fields = ("external_id", "slug", "status", "country", "industry", "is_key", "referred_by")

    def served(self, queryset: Any, name: str, day: date) -> Any:
        return queryset.served_on(day)

    def paused(self, queryset: Any, name: str, day: date) -> Any:
        return queryset.paused_on(day)


class StretchFilters(RowFilters):
    """Rows that hold from a day until a day; `on` finds those in force."""

    on = DayFilter(method="in_force", label="In force on this day.")
    ordering = order_by("started_on", "ended_on")

    def in_force(self, queryset: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        return queryset.filter(covers(day))


class EngagementFilters(StretchFilters):
    class Meta:
        model = models.Engagement
        fields = ("client",)


class PauseFilters(StretchFilters):
    class Meta:
        model = models.Pause
        fields = ("client",)


class AssignmentFilters(StretchFilters):
    class Meta:
        model = models.Assignment
        fields = ("client", "pod", "account_manager")


class PodMembershipFilters(StretchFilters):
    class Meta:
        model = models.PodMembership
        fields = ("pod", "staff")


class StaffFilters(StretchFilters):
    searched = ("name", "email", "external_id")
    ordering = order_by("name", "started_on", "ended_on")

    class Meta:
        model = models.Staff
        fields = ("external_id", "slug", "role", "department")


class FeeFilters(RowFilters):
    on = DayFilter(method="in_force", label="Charged on this day.")
    ordering = order_by("starts_on", "ends_on", "amount")

    class Meta:
        model = models.Fee
        fields = ("client", "service", "currency", "per", "finance_model")

    def in_force(self, queryset: Any, name: str, day: date) -> Any:
        return queryset.on(day)


class ExchangeRateFilters(RowFilters):
    ordering = order_by("currency", "starts_on")

    class Meta:
        model = models.ExchangeRate
        fields = ("currency",)


class DepartmentFilters(RowFilters):
    ordering = order_by("name")

    class Meta:
        model = models.Department
        fields = ("slug", "director")


class PodFilters(RowFilters):
    searched = ("name", "external_id")
    ordering = order_by("name", "external_id")

    class Meta:
        model = models.Pod
        fields = ("external_id", "slug", "department")


class ContactFilters(RowFilters):
    searched = ("name", "email", "job_title")
    ordering = order_by("name")

    class Meta:
        model = models.Contact
        fields = ("client", "decides")


class TouchpointFilters(RowFilters):
    qualifies = filters.BooleanFilter(label="The client heard from us as a person.")
    happened_from = from_day("happened_on")
    happened_before = before_day("happened_on")
    ordering = order_by("happened_at")

    class Meta:
        model = models.Touchpoint
        fields = ("client", "contact", "staff", "channel", "direction")


class AgreementFilters(RowFilters):
    ordering = order_by("signed_on")

    class Meta:
        model = models.SignedAgreement
        fields = ("client", "terms")


class TermsFilters(RowFilters):
    ordering = order_by("version", "effective_on")

    class Meta:
        model = models.ExpectationTerms
        fields = ("version",)


class TermsRuleFilters(RowFilters):
    ordering = order_by("position")

    class Meta:
        model = models.TermsRule
        fields = ("terms", "kind")


class ObligationFilters(RowFilters):
    open = filters.BooleanFilter("answered_at", "isnull", label="Not answered yet.")
    overdue_on = DayFilter(method="overdue", label="Still owed at the end of this day, though due.")
    ordering = order_by("asked_at", "due_at", "answered_at")

    class Meta:
        model = models.Obligation
        fields = ("client", "agreement", "kind", "asked_by")

    def overdue(self, queryset: Any, name: str, day: date) -> Any:
        return queryset.overdue_at(datetime.combine(day, time.max, timezone.get_default_timezone()))


class ClientGoalFilters(RowFilters):
    running_on = DayFilter(method="running", label="Running on this day.")
    ordering = order_by("starts_on", "ends_on", "name")

    class Meta:
        model = models.ClientGoal
        fields = ("client", "matters_most", "agreed_by")

    def running(self, queryset: Any, name: str, day: date) -> Any:
        return queryset.running_on(day)


class GoalReadingFilters(RowFilters):
    read_from = from_day("read_on")
    read_before = before_day("read_on")
    ordering = order_by("read_on")

    class Meta:
        model = models.GoalReading
        fields = ("goal", "staff")


class PivotFilters(RowFilters):
    searched = ("text", "note")
    client = of_client("goal__client")
    decided_from = from_day("decided_on")
    decided_before = before_day("decided_on")
    ordering = order_by("decided_on", "judged_on")

    class Meta:
        model = models.Pivot
        fields = ("goal", "result", "decided_by")
