"""The ledger, to look at: nothing in it is changed here, or anywhere."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from godview.scoped_admin import ReadOnlyAdmin, ScopedInline
from tasks import models


class EventInline(ScopedInline):
    model = models.PromiseEvent
    fk_name = "promise"
    fields = ("happened_at", "kind", "was", "now", "actor", "actor_name", "known_by", "excuse")
    readonly_fields = fields
    show_change_link = False
    verbose_name_plural = "what happened"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(models.Promise)
class PromiseAdmin(ReadOnlyAdmin):
    list_display = ("due_on", "client", "text", "owner", "kind", "committed_at", "unplanned")
    list_filter = ("kind", "unplanned", "known_by", "owner")
    list_select_related = ("client", "owner")
    search_fields = ("text", "client__name", "owner__name")
    date_hierarchy = "due_on"
    inlines = (EventInline,)
    export_fields = ("kind", "client__external_id", "owner__external_id", "text", "due_on")


@admin.register(models.PromiseEvent)
class PromiseEventAdmin(ReadOnlyAdmin):
    list_display = ("happened_at", "promise", "kind", "was", "now", "actor", "actor_name", "excuse")
    list_filter = ("kind", "excuse", "known_by")
    list_select_related = ("promise__client", "actor")
    search_fields = ("promise__text", "promise__client__name", "actor_name", "actor__name")
    date_hierarchy = "happened_at"
    export_fields = ("promise__id", "kind", "was", "now", "actor_name", "happened_at", "known_by")


@admin.register(models.Standing)
class StandingAdmin(ReadOnlyAdmin):
    list_display = ("promise", "state", "agreed_on", "due_on", "completed_on", "attempts")
    list_filter = ("state", "is_away", "for_the_client")
    list_select_related = ("promise__client",)
    search_fields = ("promise__text", "promise__client__name")


@admin.register(models.Finding)
class FindingAdmin(ReadOnlyAdmin):
    list_display = ("found_at", "promise", "kind", "score", "state", "decided_by", "decided_at")
    list_filter = ("state", "kind")
    list_select_related = ("promise__client", "decided_by")
    search_fields = ("promise__text", "promise__client__name", "note")
    date_hierarchy = "found_at"


@admin.register(models.Postponement)
class PostponementAdmin(ReadOnlyAdmin):
    list_display = ("asked_at", "promise", "due_on", "reason", "state", "asked_by", "decided_by")
    list_filter = ("state", "reason")
    list_select_related = ("promise__client", "asked_by", "decided_by")
    search_fields = ("promise__text", "promise__client__name", "text")
    date_hierarchy = "asked_at"


@admin.register(models.HelpRequest)
class HelpRequestAdmin(ReadOnlyAdmin):
    list_display = ("asked_at", "client", "text", "asked_by", "given_by", "given_at")
    list_filter = ("asked_by",)
    list_select_related = ("client", "asked_by", "given_by")
    search_fields = ("client__name", "text", "answer")
    date_hierarchy = "asked_at"


@admin.register(models.Risk)
class RiskAdmin(ReadOnlyAdmin):
    list_display = ("told_at", "client", "text", "owner", "due_on", "outcome", "closed_at")
    list_filter = ("outcome", "owner")
    list_select_related = ("client", "owner")
    search_fields = ("client__name", "text", "answer")
    date_hierarchy = "told_at"


@admin.register(models.ShareLink)
class ShareLinkAdmin(ReadOnlyAdmin):
    list_display = ("client", "created_by", "created_at", "expires_at", "revoked_at")
    list_filter = ("created_by",)
    list_select_related = ("client", "created_by")
    search_fields = ("client__name",)
    exclude = ("token_hash",)


@admin.register(models.SharedWeek)
class SharedWeekAdmin(ReadOnlyAdmin):
    list_display = ("week_starts_on", "link", "shared_at", "first_opened_at")
    list_select_related = ("link__client",)
    search_fields = ("link__client__name",)
    date_hierarchy = "week_starts_on"
