from django.contrib import admin

from godview.scoped_admin import HistoryAdmin
from training import models


@admin.register(models.CoachingPlan)
class CoachingPlanAdmin(HistoryAdmin):
    list_display = ("starts_on", "staff", "coach", "habit", "review_on", "result")
    list_filter = ("habit", ("reviewed_on", admin.EmptyFieldListFilter))
    list_select_related = ("staff", "coach")
    search_fields = ("staff__name", "coach__name", "habit", "steps")
    date_hierarchy = "starts_on"
    autocomplete_fields = ("staff", "coach")
    export_fields = ("staff__external_id", "coach__external_id", "habit", "starts_on", "review_on")
