from django.contrib import admin

from clients import models
from clients.importing.ratings import CsiAnswerRows
from clients.importing.surveys import SurveyRows
from godview.scoped_admin import HistoryAdmin, ScopedInline


class CsiQuestionInline(ScopedInline):
    model = models.CsiQuestion


@admin.register(models.SurveyWave)
class SurveyWaveAdmin(HistoryAdmin):
    list_display = ("name", "kind", "opened_on")
    list_filter = ("kind",)
    search_fields = ("name",)
    date_hierarchy = "opened_on"
    inlines = (CsiQuestionInline,)
    export_fields = ("name", "kind", "opened_on")


@admin.register(models.CsiQuestion)
class CsiQuestionAdmin(HistoryAdmin):
    list_display = ("aspect", "wave", "weight", "highest")
    list_filter = ("wave",)
    list_select_related = ("wave",)
    search_fields = ("aspect", "wave__name")
    autocomplete_fields = ("wave",)
    export_fields = ("wave__name", "aspect", "weight", "highest")


@admin.register(models.SurveyRequest)
class SurveyRequestAdmin(HistoryAdmin):
    list_display = ("contact", "wave", "sent_on")
    list_filter = ("wave",)
    list_select_related = ("contact__client", "wave")
    search_fields = ("contact__name", "contact__client__name")
    date_hierarchy = "sent_on"
    autocomplete_fields = ("contact", "wave")
    resource_classes = [SurveyRows]
    import_kind = "surveys"


@admin.register(models.NpsAnswer)
class NpsAnswerAdmin(HistoryAdmin):
    list_display = ("answered_on", "request", "score", "comment")
    list_filter = ("score", "request__wave")
    list_select_related = ("request__contact__client", "request__wave")
    search_fields = ("request__contact__name", "request__contact__client__name", "comment")
    date_hierarchy = "answered_on"
    autocomplete_fields = ("request",)
    export_fields = (
        "request__wave__name",
        "request__contact__client__external_id",
        "request__contact__name",
        "answered_on",
        "score",
        "comment",
    )


@admin.register(models.CsiAnswer)
class CsiAnswerAdmin(HistoryAdmin):
    list_display = ("answered_on", "request", "question", "score")
    list_filter = ("request__wave",)
    list_select_related = ("request__contact__client", "request__wave", "question__wave")
    search_fields = ("request__contact__name", "request__contact__client__name")
    date_hierarchy = "answered_on"
    autocomplete_fields = ("request", "question")
    resource_classes = [CsiAnswerRows]
    import_kind = "csi_answers"
