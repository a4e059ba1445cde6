from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from godview.scoped_admin import HistoryAdmin
from training.admin.locking import LockedWhenPublished, is_locked
from training.models import Choice, Question
from training.questions import what_is_wrong


class ChoiceFormSet(BaseInlineFormSet[Choice, Question, forms.ModelForm[Choice]]):
    """The choices of one question, refused together when nobody could answer it rightly."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [
            form.cleaned_data["is_right"]
            for form in self.forms
            if form.cleaned_data.get("text") and not form.cleaned_data.get("DELETE")
        ]
        wrong = what_is_wrong(self.instance.kind, kept)
        if wrong:
            raise ValidationError(wrong)


class ChoiceInline(LockedWhenPublished, admin.TabularInline[Choice, Question]):
    model = Choice
    formset = ChoiceFormSet
    fields = ("position", "text", "is_right")
    extra = 2


@admin.register(Question)
class QuestionAdmin(LockedWhenPublished, HistoryAdmin):
    list_display = ("text", "version", "kind", "weight", "choices_so_far")
    list_filter = ("kind", "version__module")
    search_fields = ("text", "version__module__title")
    list_select_related = ("version__module",)
    inlines = (ChoiceInline,)
    fields = ("version", "position", "kind", "text", "weight")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        rows: QuerySet[Question] = super().get_queryset(request)
        return rows.prefetch_related("choices")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A question is only ever added to a draft."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = field.queryset.filter(published_on__isnull=True).select_related("module")
        return field

    @admin.display(description="Choices")
    def choices_so_far(self, question: Question) -> str:
        return choices_in_words(question)


class QuestionInline(LockedWhenPublished, admin.TabularInline[Question, Any]):
    """The questions of a version; each leads to a page of its own for its choices."""

    model = Question
    fields = ("position", "kind", "text", "weight", "choices_so_far")
    readonly_fields = ("choices_so_far",)
    extra = 1
    show_change_link = True
    formfield_overrides = {
        Question._meta.get_field("text").__class__: {"widget": forms.Textarea(attrs={"rows": 2})}
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return super().get_queryset(request).prefetch_related("choices")

    @admin.display(description="Choices")
    def choices_so_far(self, question: Question) -> str:
        if question.pk is None:
            return "Save first; then “Change” leads to its choices."
        return choices_in_words(question)


def choices_in_words(question: Question) -> str:
    """“4 choices, 1 right”, and what is still to be mended."""
    rights = [choice.is_right for choice in question.choices.all()]
    counts = f"{len(rights)} choices, {sum(rights)} right"
    wrong = None if is_locked(question) else what_is_wrong(question.kind, rights)
    return f"{counts}. {wrong}" if wrong else counts
