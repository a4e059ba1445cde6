from typing import Any

from django import forms
from django.contrib import admin

from godview.scoped_admin import HistoryAdmin, ReadOnlyAdmin
from metrics import models
from metrics.limits import check_limit


class LimitForm(forms.ModelForm[models.Limit]):
    """The same is refused as on the page of limits."""

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or self.cleaned_data
        if "key" in said and "value" in said:
            check_limit(said["key"], said["value"])
        return said


@admin.register(models.Limit)
class LimitAdmin(HistoryAdmin):
    form = LimitForm
    list_display = ("key", "value", "starts_on", "set_by", "note")
    list_filter = ("key",)
    list_select_related = ("set_by",)
    search_fields = ("key", "note")
    date_hierarchy = "starts_on"
    autocomplete_fields = ("set_by",)
    export_fields = ("key", "value", "starts_on", "note")


@admin.register(models.AttentionCase)
class AttentionCaseAdmin(ReadOnlyAdmin):
    """What needed a decision, who saw to it, and how it ended. Decided on its own page."""

    list_display = ("opened_on", "client", "owner", "next_action", "due_on", "ended_on")
    list_filter = (("ended_on", admin.EmptyFieldListFilter), "owner")
    list_select_related = ("client", "owner")
    search_fields = ("client__name", "next_action", "close_reason")
    date_hierarchy = "opened_on"
    fields = (*list_display, "snoozed_until", "snooze_reason", "closed_by", "close_reason")


@admin.register(models.Crossing)
class CrossingAdmin(ReadOnlyAdmin):
    list_display = ("crossed_on", "client", "rule", "bad", "fact", "cleared_on")
    list_filter = ("rule", "bad", ("cleared_on", admin.EmptyFieldListFilter))
    list_select_related = ("client",)
    search_fields = ("client__name", "fact")
    date_hierarchy = "crossed_on"
    fields = list_display


@admin.register(models.WarningScore)
class WarningScoreAdmin(ReadOnlyAdmin):
    list_display = ("as_of", "client", "score")
    list_select_related = ("client",)
    search_fields = ("client__name",)
    date_hierarchy = "as_of"
    fields = (*list_display, "parts")


@admin.register(models.Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ("as_of", "scope", "starts_on", "ends_on", "counted_at")
    search_fields = ("scope",)
    date_hierarchy = "as_of"
    fields = (*list_display, "numbers")


@admin.register(models.WallLink)
class WallLinkAdmin(ReadOnlyAdmin):
    """Screens on the wall. Links are made and revoked on their own page."""

    list_display = ("title", "scope", "names", "rotates", "created_by", "created_at", "seen_at")
    list_filter = ("names", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("created_by",)
    search_fields = ("title", "scope")
    date_hierarchy = "created_at"
    fields = (*list_display, "revoked_at")
