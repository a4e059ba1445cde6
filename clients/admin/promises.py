from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from clients import agreements, models, obligations
from godview.scoped_admin import HistoryAdmin, ScopedInline


class RuleInline(ScopedInline):
    model = models.TermsRule


@admin.register(models.ExpectationTerms)
class ExpectationTermsAdmin(HistoryAdmin):
    list_display = ("title", "version", "effective_on")
    search_fields = ("title", "introduction")
    date_hierarchy = "effective_on"
    inlines = (RuleInline,)
    export_fields = ("version", "title", "effective_on", "introduction")


@admin.register(models.TermsRule)
class TermsRuleAdmin(HistoryAdmin):
    list_display = ("terms", "position", "kind", "text", "business_days")
    list_filter = ("kind", "terms")
    list_select_related = ("terms",)
    search_fields = ("text",)
    export_fields = ("terms__version", "position", "kind", "text", "business_days")


class SigningForm(forms.ModelForm[models.SignedAgreement]):
    class Meta:
        model = models.SignedAgreement
        fields = ("client", "terms", "signed_on", "signer")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            copy = agreements.draft(**said, today=timezone.localdate())
            self.instance.signed_text = copy.signed_text
            self.instance.reply_business_days = copy.reply_business_days
        return said


@admin.register(models.SignedAgreement)
class SignedAgreementAdmin(HistoryAdmin):
    """Adding one keeps the client's copy of the terms as they stand; then nobody changes it."""

    form = SigningForm
    list_display = ("client", "terms", "signed_on", "signer", "reply_business_days")
    list_filter = ("terms", "signed_on")
    list_select_related = ("client", "terms")
    search_fields = ("client__name", "signer")
    date_hierarchy = "signed_on"
    autocomplete_fields = ("client", "terms")
    export_fields = ("client__external_id", "terms__version", "signed_on", "signer")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        copied = ("reply_business_days", "signed_text") if obj else ()
        return ("client", "terms", "signed_on", "signer", *copied)


class AskingForm(forms.ModelForm[models.Obligation]):
    """When it is due is worked out, in the business time of the client's own calendar."""

    class Meta:
        model = models.Obligation
        fields = ("client", "kind", "text", "asked_at", "asked_by", "answered_at", "answer")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and self.instance.pk is None:
            asked = {
                name: said[name] for name in ("client", "kind", "text", "asked_at", "asked_by")
            }
            draft = obligations.draft(**asked, now=timezone.now())
            self.instance.agreement, self.instance.due_at = draft.agreement, draft.due_at
        return said


@admin.register(models.Obligation)
class ObligationAdmin(HistoryAdmin):
    form = AskingForm
    list_display = ("client", "kind", "text", "asked_at", "due_at", "answered_at")
    list_filter = ("kind", ("answered_at", admin.EmptyFieldListFilter))
    list_select_related = ("client",)
    search_fields = ("client__name", "text", "answer")
    date_hierarchy = "asked_at"
    autocomplete_fields = ("client", "asked_by")
    export_fields = (
        "client__external_id",
        "kind",
        "text",
        "asked_at",
        "due_at",
        "answered_at",
        "answer",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("client", "kind", "asked_at", "agreement", "due_at") if obj else ()
