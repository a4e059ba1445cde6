"""What the API tells and takes about the ledger. Nothing that is written in it is ever changed."""

from typing import Any

from rest_framework import serializers

from clients.models import Staff
from godview.rest.limits import sane_year
from godview.rest.serializers import RowSerializer
from tasks import models


class PromiseSerializer(RowSerializer[models.Promise]):
    """What was promised, as it was at that moment, and how it stands now."""

    state = serializers.ChoiceField(
        choices=models.Standing.State.choices, source="standing.state", read_only=True
    )
    agreed_on = serializers.DateField(
        source="standing.agreed_on",
        read_only=True,
        help_text="The promised day, or the last one that was approved.",
    )
    in_asana_on = serializers.DateField(
        source="standing.due_on",
        read_only=True,
        allow_null=True,
        help_text="The due date as Asana has it now.",
    )
    completed_on = serializers.DateField(
        source="standing.completed_on", read_only=True, allow_null=True
    )
    attempts = serializers.IntegerField(
        source="standing.attempts", read_only=True, help_text="Changes that nobody agreed to."
    )
    postponements = serializers.IntegerField(source="standing.postponements", read_only=True)
    days_slipped = serializers.IntegerField(source="standing.days_slipped", read_only=True)
    continues = serializers.IntegerField(
        source="standing.continues_id",
        read_only=True,
        allow_null=True,
        help_text="The promise that this one was made anew from: only that one counts.",
    )

    class Meta:
        model = models.Promise
        fields = (
            "id",
            "kind",
            "client",
            "owner",
            "text",
            "due_on",
            "due_at",
            "committed_at",
            "unplanned",
            "known_by",
            "task",
            "weekly_goal",
            "client_goal",
            "state",
            "agreed_on",
            "in_asana_on",
            "completed_on",
            "attempts",
            "postponements",
            "days_slipped",
            "continues",
        )
        read_only_fields = fields


class PromiseEventSerializer(RowSerializer[models.PromiseEvent]):
    """Something that happened to a promise: what, was, now, who, when, how we know."""

    excuse = serializers.CharField(
        read_only=True, help_text="Why a change was in order; empty: it was not agreed."
    )

    class Meta:
        model = models.PromiseEvent
        fields = (
            "id",
            "promise",
            "kind",
            "was",
            "now",
            "actor",
            "actor_name",
            "happened_at",
            "recorded_at",
            "known_by",
            "excuse",
            "twin",
        )
        read_only_fields = fields


class FindingSerializer(RowSerializer[models.Finding]):
    """A promise may have been got round: how sure we are, and what a person says."""

    class Meta:
        model = models.Finding
        fields = (
            "id",
            "promise",
            "kind",
            "twin",
            "event",
            "score",
            "found_at",
            "state",
            "decided_by",
            "decided_at",
            "note",
        )
        read_only_fields = fields


class PostponementSerializer(RowSerializer[models.Postponement]):
    """Another day, asked for with a reason. Until it is approved the agreed day counts."""

    class Meta:
        model = models.Postponement
        fields = (
            "id",
            "promise",
            "due_on",
            "reason",
            "text",
            "obligation",
            "asked_by",
            "asked_at",
            "state",
            "decided_by",
            "decided_at",
            "note",
        )
        read_only_fields = (
            "asked_by",
            "asked_at",
            "state",
            "decided_by",
            "decided_at",
            "note",
        )


class DecisionSerializer(serializers.Serializer[Any]):
    """What is said with a decision; it may stay empty."""

    note = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")


class DismissalSerializer(serializers.Serializer[Any]):
    """Why it is in order."""

    note = serializers.CharField(max_length=500)


class GoalTermsSerializer(serializers.Serializer[Any]):
    """What a 90-day goal is from now on."""

    baseline = serializers.DecimalField(max_digits=15, decimal_places=4, required=False)
    target = serializers.DecimalField(max_digits=15, decimal_places=4, required=False)
    last_day = serializers.DateField(required=False, validators=[sane_year])
    reason = serializers.CharField(max_length=500)


class HelpRequestSerializer(RowSerializer[models.HelpRequest]):
    """Help asked for with one goal: a weekly one or one for 90 days."""

    class Meta:
        model = models.HelpRequest
        fields = (
            "id",
            "client",
            "weekly_goal",
            "client_goal",
            "text",
            "asked_by",
            "asked_at",
            "given_by",
            "given_at",
            "answer",
        )
        read_only_fields = ("asked_by", "asked_at", "given_by", "given_at", "answer")


class HelpGivenSerializer(serializers.Serializer[Any]):
    """How somebody helped."""

    answer = serializers.CharField(max_length=500)


class RiskSerializer(RowSerializer[models.Risk]):
    """What may go wrong with a client soon, and what we do about it."""

    outcome = serializers.CharField(read_only=True, help_text="avoided or happened; empty: open.")

    class Meta:
        model = models.Risk
        fields = (
            "id",
            "client",
            "text",
            "answer",
            "owner",
            "due_on",
            "told_by",
            "told_at",
            "outcome",
            "closed_at",
            "version",
        )
        read_only_fields = ("told_by", "told_at", "outcome", "closed_at", "version")


class RiskAnswerSerializer(serializers.Serializer[Any]):
    """What we do about it, who does it and by when."""

    answer = serializers.CharField(max_length=300)
    owner = serializers.PrimaryKeyRelatedField[Staff](
        queryset=Staff.objects.all(), required=False, allow_null=True, default=None
    )
    due_on = serializers.DateField(
        required=False, allow_null=True, default=None, validators=[sane_year]
    )


class RiskOutcomeSerializer(serializers.Serializer[Any]):
    """What came of it."""

    outcome = serializers.ChoiceField(choices=models.Risk.Outcome.choices)
