"""How fresh each project is and what failed: to look at; deeds are on the Asana page."""

from django.contrib import admin

from godview.scoped_admin import ReadOnlyAdmin
from tasks import models


@admin.register(models.EventStream)
class EventStreamAdmin(ReadOnlyAdmin):
    list_display = ("project", "drained_at", "nudged_at", "failures", "rests_until", "reason")
    list_select_related = ("project",)
    search_fields = ("project__name",)
    exclude = ("sync_token",)


@admin.register(models.Webhook)
class WebhookAdmin(ReadOnlyAdmin):
    list_display = ("project", "state", "created_at", "delivered_at", "checked_at", "reason")
    list_filter = ("state",)
    list_select_related = ("project",)
    search_fields = ("project__name", "gid")
    exclude = ("key", "secret")


@admin.register(models.WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    list_display = ("received_at", "webhook", "handled_at")
    list_select_related = ("webhook__project",)
    search_fields = ("webhook__project__name",)
    date_hierarchy = "received_at"


@admin.register(models.DeadLetter)
class DeadLetterAdmin(ReadOnlyAdmin):
    list_display = ("last_at", "kind", "key", "error", "status", "attempts", "settled_at")
    list_filter = ("kind", "status", ("settled_at", admin.EmptyFieldListFilter))
    list_select_related = ("project",)
    search_fields = ("key", "error", "phrase", "project__name")
    date_hierarchy = "last_at"


@admin.register(models.TaskWrite)
class TaskWriteAdmin(ReadOnlyAdmin):
    list_display = ("asked_at", "goal", "action", "state", "tries", "reason", "confirmed_at")
    list_filter = ("state", "action")
    list_select_related = ("goal__client",)
    search_fields = ("goal__text", "goal__client__name", "task_gid")
    date_hierarchy = "asked_at"
