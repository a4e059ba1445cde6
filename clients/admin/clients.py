from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from clients import models
from clients.admin.actions import end_today, hand_over
from clients.importing.clients import ClientRows
from clients.importing.served import EngagementRows, PauseRows
from godview.scoped_admin import HistoryAdmin, ScopedInline


class EngagementInline(ScopedInline):
    model = models.Engagement


class FeeInline(ScopedInline):
    model = models.Fee


class PauseInline(ScopedInline):
    model = models.Pause


class AssignmentInline(ScopedInline):
    model = models.Assignment
    autocomplete_fields = ("pod", "account_manager")


class ContactInline(ScopedInline):
    model = models.Contact


class GoalInline(ScopedInline):
    model = models.ClientGoal
    autocomplete_fields = ("agreed_by",)


class ClientExport(ClientRows):
    """With who answers for each client today, as the import reads it."""

    def dehydrate_pod(self, client: Any) -> str:
        row = client.open_assignments[0] if client.open_assignments else None
        return row.pod.external_id if row and row.pod else ""

    def dehydrate_account_manager(self, client: Any) -> str:
        row = client.open_assignments[0] if client.open_assignments else None
        return row.account_manager.external_id if row and row.account_manager else ""


@admin.register(models.Client)
class ClientAdmin(HistoryAdmin):
    list_display = ("name", "status", "pod", "account_manager", "industry", "country")
    list_filter = ("status", "industry", "country", "assignments__pod")
    search_fields = ("name", "external_id", "slug", "contacts__name", "contacts__email")
    date_hierarchy = "created_at"
    prepopulated_fields = {"slug": ("name",)}
    inlines = (
        EngagementInline,
        FeeInline,
        PauseInline,
        AssignmentInline,
        ContactInline,
        GoalInline,
    )
    actions = (hand_over, end_today)
    resource_classes = [ClientExport]
    import_kind = "clients"

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Client]:
        still_open = models.Assignment.objects.filter(ended_on=None)
        answering = still_open.select_related("pod", "account_manager")
        return (
            super()
            .get_queryset(request)
            .prefetch_related(
                Prefetch("assignments", queryset=answering, to_attr="open_assignments")
            )
        )

    def has_end_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("clients.change_engagement")

    @admin.display(description="pod")
    def pod(self, client: Any) -> Any:
        return client.open_assignments[0].pod if client.open_assignments else None

    @admin.display(description="account manager")
    def account_manager(self, client: Any) -> Any:
        return client.open_assignments[0].account_manager if client.open_assignments else None


@admin.register(models.Engagement)
class EngagementAdmin(HistoryAdmin):
    list_display = ("client", "started_on", "ended_on")
    list_filter = ("started_on", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("client",)
    search_fields = ("client__name",)
    date_hierarchy = "started_on"
    autocomplete_fields = ("client",)
    resource_classes = [EngagementRows]
    import_kind = "engagements"


@admin.register(models.Pause)
class PauseAdmin(HistoryAdmin):
    list_display = ("client", "started_on", "ended_on", "reason")
    list_filter = ("started_on", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("client",)
    search_fields = ("client__name", "reason")
    date_hierarchy = "started_on"
    autocomplete_fields = ("client",)
    resource_classes = [PauseRows]
    import_kind = "pauses"


@admin.register(models.Assignment)
class AssignmentAdmin(HistoryAdmin):
    list_display = ("client", "pod", "account_manager", "started_on", "ended_on")
    list_filter = ("pod", ("ended_on", admin.EmptyFieldListFilter), "account_manager")
    list_select_related = ("client", "pod", "account_manager")
    search_fields = ("client__name", "pod__name", "account_manager__name")
    date_hierarchy = "started_on"
    autocomplete_fields = ("client", "pod", "account_manager")
    export_fields = ("client", "pod", "account_manager", "started_on", "ended_on")
