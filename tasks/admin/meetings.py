"""Meetings, to look at: they are led on their own pages."""

from django.contrib import admin

from godview.scoped_admin import ReadOnlyAdmin
from tasks import models


@admin.register(models.Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    list_display = ("held_on", "kind", "pod", "started_by", "started_at", "ended_at")
    list_filter = ("kind", "pod", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("pod", "started_by")
    search_fields = ("pod__name", "started_by__name")
    date_hierarchy = "held_on"
    fields = list_display


@admin.register(models.MeetingTurn)
class MeetingTurnAdmin(ReadOnlyAdmin):
    list_display = ("meeting", "place", "client", "state", "reviewed_at", "seconds")
    list_filter = ("state", ("reviewed_at", admin.EmptyFieldListFilter))
    list_select_related = ("meeting__pod", "client")
    search_fields = ("client__name",)
    fields = list_display


@admin.register(models.Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("decided_at", "client", "choice", "text", "owner", "due_on", "decided_by")
    list_filter = ("choice", "owner")
    list_select_related = ("client", "owner", "decided_by")
    search_fields = ("client__name", "text", "owner__name")
    date_hierarchy = "decided_at"
    fields = (*list_display, "meeting", "weekly_goal")
