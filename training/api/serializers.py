"""What the API tells about training, field by field. It is changed on pages and in the admin."""

from godview.rest.serializers import RowSerializer
from training import models


class RequirementSerializer(RowSerializer[models.Requirement]):
    class Meta:
        model = models.Requirement
        fields = (
            "id",
            "module",
            "role",
            "due_within_days",
            "due_on",
            "retake_within_days",
            "starts_on",
            "ends_on",
        )
        read_only_fields = fields


class TrainingModuleSerializer(RowSerializer[models.TrainingModule]):
    requirements = RequirementSerializer(many=True, read_only=True)

    class Meta:
        model = models.TrainingModule
        fields = ("id", "title", "slug", "summary", "retired_on", "requirements")
        read_only_fields = fields


class ModuleVersionSerializer(RowSerializer[models.ModuleVersion]):
    class Meta:
        model = models.ModuleVersion
        fields = (
            "id",
            "module",
            "number",
            "published_on",
            "pass_mark",
            "months_valid",
            "score_rule",
            "what_changed",
        )
        read_only_fields = fields


class AttemptSerializer(RowSerializer[models.Attempt]):
    class Meta:
        model = models.Attempt
        fields = ("id", "staff", "version", "started_at", "submitted_at", "score", "is_passed")
        read_only_fields = fields


class CompletionSerializer(RowSerializer[models.Completion]):
    class Meta:
        model = models.Completion
        fields = ("id", "staff", "version", "completed_on", "expires_on", "attempt", "evidence")
        read_only_fields = fields
