from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from godview.scoped_admin import HistoryAdmin
from training.admin.locking import LockedWhenPublished
from training.admin.questions import QuestionInline
from training.models import ModuleVersion, Requirement, TrainingModule
from training.versions import draft_next, publish, what_stops_publishing, withdraw


class RequirementInline(admin.TabularInline[Requirement, TrainingModule]):
    model = Requirement
    extra = 0


class VersionInline(admin.TabularInline[ModuleVersion, TrainingModule]):
    """Adds a draft; its text and questions are on the version's own page."""

    model = ModuleVersion
    fields = ("number", "published_on", "pass_mark", "months_valid", "score_rule")
    readonly_fields = ("published_on",)
    extra = 0
    show_change_link = True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(TrainingModule)
class TrainingModuleAdmin(HistoryAdmin):
    list_display = ("title", "summary", "retired_on")
    search_fields = ("title", "summary")
    export_fields = ("title", "summary", "retired_on")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (RequirementInline, VersionInline)


class VersionForm(forms.ModelForm[ModuleVersion]):
    video_url = forms.URLField(
        label="Video link", required=False, max_length=500, assume_scheme="https"
    )

    class Meta:
        model = ModuleVersion
        fields = (
            "module", "number", "published_on", "body", "video_url", "pass_mark", "months_valid",
            "score_rule", "what_changed",
        )  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("published_on")
        if day and cleaned.get("module") and cleaned.get("number"):
            draft = ModuleVersion(pk=self.instance.pk, module=cleaned["module"])
            draft.number = cleaned["number"]
            problems = what_stops_publishing(draft, day)
            if problems:
                self.add_error("published_on", ValidationError(problems))
        return cleaned


@admin.register(ModuleVersion)
class ModuleVersionAdmin(LockedWhenPublished, HistoryAdmin):
    form = VersionForm
    list_display = ("module", "number", "published_on", "pass_mark", "months_valid", "questions")
    list_display_links = ("module", "number")
    list_filter = ("module", "published_on")
    list_select_related = ("module",)
    search_fields = ("module__title", "body")
    date_hierarchy = "published_on"
    inlines = (QuestionInline,)
    actions = ("publish_today", "start_the_next_version", "withdraw_publication")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModuleVersion]:
        return ModuleVersion.objects.visible_to(request.user).with_question_count()

    @admin.display(description="Questions", ordering="question_count")
    def questions(self, version: ModuleVersion) -> int:
        return int(version.question_count)  # type: ignore[attr-defined]

    @admin.action(description="Publish from today", permissions=["write"])
    def publish_today(self, request: HttpRequest, versions: QuerySet[ModuleVersion]) -> None:
        today = timezone.localdate()
        self._each(request, versions, lambda row: publish(version=row, on=today), "is published")

    @admin.action(description="Start the next version, as a draft", permissions=["write"])
    def start_the_next_version(
        self, request: HttpRequest, versions: QuerySet[ModuleVersion]
    ) -> None:
        self._each(request, versions, lambda row: draft_next(version=row), "is ready as a draft")

    @admin.action(description="Withdraw, before its first day", permissions=["write"])
    def withdraw_publication(self, request: HttpRequest, versions: QuerySet[ModuleVersion]) -> None:
        today = timezone.localdate()
        self._each(request, versions, lambda row: withdraw(version=row, today=today), "is a draft")

    def has_write_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("training.change_moduleversion")

    def _each(
        self,
        request: HttpRequest,
        versions: QuerySet[ModuleVersion],
        deed: Callable[[ModuleVersion], ModuleVersion],
        done: str,
    ) -> None:
        for version in versions:
            try:
                self.message_user(request, f"{deed(version)} {done}.", messages.SUCCESS)
            except ValidationError as refusal:
                words = f"{version}: {' '.join(refusal.messages)}"
                self.message_user(request, words, messages.ERROR)


@admin.register(Requirement)
class RequirementAdmin(HistoryAdmin):
    list_display = ("module", "for_whom", "due_within_days", "due_on", "starts_on", "ends_on")
    list_filter = ("role", "module")
    list_select_related = ("module",)
    search_fields = ("module__title",)
    export_fields = ("module__title", "role", "due_within_days", "due_on", "starts_on", "ends_on")
