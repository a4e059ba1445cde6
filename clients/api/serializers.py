"""What the API tells and takes about clients, people, money and promises: field by field."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from clients import models, pivots
from godview.rest.limits import sane_year
from godview.rest.serializers import RowSerializer


class ClientSerializer(RowSerializer[models.Client]):
    class Meta:
        model = models.Client
        fields = (
            "id",
            "external_id",
            "name",
            "slug",
            "industry",
            "country",
            "time_zone",
            "status",
            "is_key",
            "referred_by",
            "created_at",
        )
        read_only_fields = ("slug",)


class EngagementSerializer(RowSerializer[models.Engagement]):
    class Meta:
        model = models.Engagement
        fields = ("id", "client", "started_on", "ended_on", "notice_on")


class PauseSerializer(RowSerializer[models.Pause]):
    class Meta:
        model = models.Pause
        fields = ("id", "client", "started_on", "ended_on", "reason")


class FeeSerializer(RowSerializer[models.Fee]):
    class Meta:
        model = models.Fee
        fields = (
            "id",
            "client",
            "service",
            "starts_on",
            "ends_on",
            "amount",
            "currency",
            "per",
            "finance_model",
        )


class ExchangeRateSerializer(RowSerializer[models.ExchangeRate]):
    class Meta:
        model = models.ExchangeRate
        fields = ("id", "currency", "starts_on", "rate")


class GrossMarginSerializer(RowSerializer[models.GrossMargin]):
    class Meta:
        model = models.GrossMargin
        fields = ("id", "starts_on", "share", "note")


class AssignmentSerializer(RowSerializer[models.Assignment]):
    class Meta:
        model = models.Assignment
        fields = ("id", "client", "pod", "account_manager", "started_on", "ended_on")


class DepartmentSerializer(RowSerializer[models.Department]):
    class Meta:
        model = models.Department
        fields = ("id", "name", "slug", "director")
        read_only_fields = ("slug",)


class StaffSerializer(RowSerializer[models.Staff]):
    class Meta:
        model = models.Staff
        fields = (
            "id",
            "external_id",
            "name",
            "slug",
            "email",
            "role",
            "department",
            "started_on",
            "ended_on",
        )
        read_only_fields = ("slug",)


class PodSerializer(RowSerializer[models.Pod]):
    class Meta:
        model = models.Pod
        fields = ("id", "external_id", "name", "slug", "department")
        read_only_fields = ("slug",)


class PodMembershipSerializer(RowSerializer[models.PodMembership]):
    class Meta:
        model = models.PodMembership
        fields = ("id", "pod", "staff", "started_on", "ended_on")


class ContactSerializer(RowSerializer[models.Contact]):
    class Meta:
        model = models.Contact
        fields = ("id", "client", "name", "job_title", "email", "phone", "decides", "left_on")


class TouchpointSerializer(RowSerializer[models.Touchpoint]):
    class Meta:
        model = models.Touchpoint
        fields = (
            "id",
            "client",
            "contact",
            "staff",
            "happened_at",
            "happened_on",
            "channel",
            "direction",
            "automatic",
            "note",
            "qualifies",
        )
        read_only_fields = ("happened_on", "qualifies")
        fixed = ("client",)
        extra_kwargs = {"staff": {"help_text": "Left away: whoever sends it."}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "happened_at" in attrs and attrs["happened_at"] > timezone.now():
            raise serializers.ValidationError(
                {"happened_at": ["A contact is logged after it took place."]}
            )
        client = self.instance.client if self.instance else attrs["client"]
        contact = attrs.get("contact")
        if contact is not None and contact.client_id != client.pk:
            raise serializers.ValidationError(
                {"contact": ["This person is not with this client: choose one of theirs."]}
            )
        return super().validate(attrs)


class TermsRuleSerializer(RowSerializer[models.TermsRule]):
    class Meta:
        model = models.TermsRule
        fields = ("id", "terms", "position", "kind", "text", "business_days")
        fixed = ("terms",)


class TermsSerializer(RowSerializer[models.ExpectationTerms]):
    rules = TermsRuleSerializer(many=True, read_only=True)

    class Meta:
        model = models.ExpectationTerms
        fields = ("id", "version", "title", "effective_on", "introduction", "rules")


class AgreementSerializer(RowSerializer[models.SignedAgreement]):
    class Meta:
        model = models.SignedAgreement
        fields = (
            "id",
            "client",
            "terms",
            "signed_on",
            "signer",
            "signed_text",
            "reply_business_days",
        )
        read_only_fields = ("signed_text", "reply_business_days")


class ObligationSerializer(RowSerializer[models.Obligation]):
    """What a client owes us. When it is due is worked out in the client's own business time."""

    meets_at = serializers.DateTimeField(
        required=False,
        write_only=True,
        validators=[sane_year],
        help_text="To attend a meeting: when it starts.",
    )

    class Meta:
        model = models.Obligation
        fields = (
            "id",
            "client",
            "agreement",
            "kind",
            "text",
            "asked_at",
            "asked_by",
            "meets_at",
            "due_at",
            "answered_at",
            "answer",
        )
        read_only_fields = ("agreement", "due_at", "answered_at", "answer")
        fixed = ("client", "kind", "asked_at", "asked_by", "meets_at")
        extra_kwargs = {"asked_by": {"help_text": "Left away: whoever sends it."}}


class AnswerSerializer(serializers.Serializer[Any]):
    """The client's answer to what we asked."""

    answered_at = serializers.DateTimeField(validators=[sane_year])
    answer = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")


class ClientGoalSerializer(RowSerializer[models.ClientGoal]):
    class Meta:
        model = models.ClientGoal
        fields = (
            "id",
            "client",
            "name",
            "unit",
            "baseline",
            "target",
            "starts_on",
            "ends_on",
            "matters_most",
            "agreed_by",
        )
        read_only_fields = ("ends_on",)
        fixed = ("client", "name", "unit", "baseline", "target", "starts_on")


class GoalReadingSerializer(RowSerializer[models.GoalReading]):
    class Meta:
        model = models.GoalReading
        fields = ("id", "goal", "read_on", "value", "staff", "note")
        fixed = ("goal", "read_on", "staff")
        extra_kwargs = {"staff": {"help_text": "Left away: whoever sends it."}}


class PivotSerializer(RowSerializer[models.Pivot]):
    """What is done differently for a 90-day goal, and whether it helped."""

    class Meta:
        model = models.Pivot
        fields = (
            "id",
            "goal",
            "decided_on",
            "decided_by",
            "text",
            "pace_then",
            "result",
            "judged_on",
            "note",
        )
        read_only_fields = (
            "decided_on",
            "decided_by",
            "pace_then",
            "result",
            "judged_on",
            "note",
        )


class PivotVerdictSerializer(serializers.Serializer[Any]):
    """Did it help?"""

    result = serializers.ChoiceField(choices=[(one.value, one.label) for one in pivots.VERDICTS])
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=500)
