"""Tests on websites in the admin: plan, arms, readings. There is no field for a verdict."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from godview.scoped_admin import HistoryAdmin, ScopedInline
from tasks import experiments, models
from tasks.importing.experiment_readings import ExperimentReadingRows
from tasks.importing.experiments import ExperimentRows


class ExperimentForm(forms.ModelForm[models.Experiment]):
    def clean(self) -> dict[str, Any] | None:
        told = super().clean()
        client, tactic = (told or {}).get("client"), (told or {}).get("tactic")
        if client and tactic and tactic.client_id != client.pk:
            self.add_error("tactic", "This tactic is another client's: choose one of theirs.")
        return told


class ReadingForm(forms.ModelForm[models.ArmReading]):
    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or {}
        needed = ("read_on", "visitors", "conversions")
        arm = told.get("arm") or (self.instance.arm if self.instance.arm_id else None)
        if arm is not None and arm.pk and all(told.get(name) is not None for name in needed):
            row = models.ArmReading(pk=self.instance.pk, arm=arm)
            for name in needed:
                setattr(row, name, told[name])
            experiments.refuse_an_impossible_reading(row, timezone.localdate())
        return told


class ArmForm(forms.ModelForm[models.ExperimentArm]):
    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or {}
        if not self.instance.pk and told.get("experiment"):
            experiments.refuse_other_arms(told["experiment"].pk)
        return told


class ArmInline(ScopedInline):
    """Since the first reading, arms are looked at."""

    model = models.ExperimentArm

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_read(obj) and bool(super().has_add_permission(request, obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_read(obj) and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_read(obj) and bool(super().has_delete_permission(request, obj))


@admin.register(models.Experiment)
class ExperimentAdmin(HistoryAdmin):
    form = ExperimentForm
    list_display = ("started_on", "client", "name", "designer", "rule", "ended_on")
    list_filter = ("rule", "designer", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("client", "designer")
    search_fields = ("client__name", "name", "page")
    date_hierarchy = "started_on"
    autocomplete_fields = ("client", "designer", "tactic")
    inlines = (ArmInline,)
    resource_classes = [ExperimentRows]
    import_kind = "experiments"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What will judge it was written down before anybody saw numbers."""
        return ("client", *models.Experiment.PLAN) if _is_read(obj) else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was read is on the record: losses cannot be deleted."""
        return not _is_read(obj) and bool(super().has_delete_permission(request, obj))


class ReadingInline(ScopedInline):
    model = models.ArmReading
    form = ReadingForm
    can_delete = False


@admin.register(models.ExperimentArm)
class ExperimentArmAdmin(HistoryAdmin):
    form = ArmForm
    list_display = ("experiment", "name", "is_control")
    list_select_related = ("experiment__client",)
    search_fields = ("name", "experiment__name", "experiment__client__name")
    autocomplete_fields = ("experiment",)
    inlines = (ReadingInline,)
    export_fields = ("experiment__client__external_id", "experiment__name", "name", "is_control")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        read = obj is not None and experiments.is_fixed(obj.experiment_id)
        return ("experiment", "name", "is_control") if read else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        read = obj is not None and experiments.is_fixed(obj.experiment_id)
        return not read and bool(super().has_delete_permission(request, obj))


@admin.register(models.ArmReading)
class ArmReadingAdmin(HistoryAdmin):
    form = ReadingForm
    list_display = ("read_on", "arm", "visitors", "conversions")
    list_select_related = ("arm__experiment__client",)
    search_fields = ("arm__name", "arm__experiment__name", "arm__experiment__client__name")
    date_hierarchy = "read_on"
    autocomplete_fields = ("arm",)
    resource_classes = [ExperimentReadingRows]
    import_kind = "experiment_readings"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("arm", "read_on") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A wrong one is corrected, with its history: without it the plan would be open again."""
        return False


def _is_read(experiment: Any) -> bool:
    return experiment is not None and experiments.is_fixed(experiment.pk)
