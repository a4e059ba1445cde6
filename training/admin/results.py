from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from godview.scoped_admin import HistoryAdmin, ScopedAdmin
from training.access import staff_trained_under
from training.models import Answer, Attempt, Completion


class ReadOnly:
    """Mixed into what is only ever written by taking an assessment."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AnswerInline(ReadOnly, admin.TabularInline[Answer, Attempt]):
    model = Answer
    fields = ("position", "question_text", "chosen", "is_right", "weight")
    readonly_fields = fields
    ordering = ("position",)

    @admin.display(description="Chosen")
    def chosen(self, answer: Answer) -> str:
        return ", ".join(option["text"] for option in answer.options if option["chosen"]) or "–"


@admin.register(Attempt)
class AttemptAdmin(ReadOnly, ScopedAdmin):
    list_display = ("staff", "version", "started_at", "submitted_at", "score")
    list_filter = ("version__module", "submitted_on", "staff__role", "staff__department")
    list_select_related = ("staff", "version__module")
    search_fields = ("staff__name", "version__module__title")
    date_hierarchy = "submitted_on"
    inlines = (AnswerInline,)
    export_fields = (
        "staff__name",
        "version__module__title",
        "version__number",
        "started_at",
        "submitted_at",
        "score",
    )


@admin.register(Completion)
class CompletionAdmin(HistoryAdmin):
    """Completions by assessment, and those recorded by hand: a certificate, a classroom test."""

    list_display = ("staff", "version", "completed_on", "expires_on", "score", "evidence")
    list_filter = ("version__module", "completed_on", "staff__role", "staff__department")
    list_select_related = ("staff", "version__module", "attempt")
    search_fields = ("staff__name", "version__module__title", "evidence")
    date_hierarchy = "completed_on"
    fields = ("staff", "version", "completed_on", "evidence", "expires_on")
    readonly_fields = ("expires_on",)
    export_fields = (
        "staff__name",
        "version__module__title",
        "version__number",
        "completed_on",
        "expires_on",
        "evidence",
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "staff":
            kwargs["queryset"] = staff_trained_under(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Completion, form: Any, change: bool) -> None:
        obj.expires_on = obj.version.expires_on(obj.completed_on)
        super().save_model(request, obj, form, change)

    @admin.display(description="Score", empty_value="–")
    def score(self, completion: Completion) -> Any:
        return completion.attempt.score if completion.attempt else None
