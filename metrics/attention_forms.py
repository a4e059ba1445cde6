"""What people say about an alarm: who sees to it, until when it is put off, why it is closed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.forms import DateInput, DeedForm
from clients.models import Staff
from godview.access import Role
from godview.translating.later import later
from metrics import attending
from metrics.models import AttentionCase


class CaseForm(DeedForm):
    """Carries the version that its reader saw, so that nobody overwrites another one's decision."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: AttentionCase | None, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields["version"].initial = self.case.version if self.case else 0

    def said(self) -> dict[str, Any]:
        return {**self.cleaned_data, "client": self.deed.client, "now": self.deed.now}


class AssignForm(CaseForm):
    done = later("{client} assigned.")

    owner = forms.ModelChoiceField(Staff.objects.none(), label=_("Who sees to it"))
    next_action = forms.CharField(label=_("Next action"), max_length=300)
    due_on = forms.DateField(label=_("Until"), widget=DateInput)

    def prepare(self) -> None:
        super().prepare()
        working = Staff.objects.filter(ended_on=None).exclude(role=Role.ACCOUNTING)
        self.fields["owner"].queryset = working.order_by("name")  # type: ignore[attr-defined]
        case = self.case
        self.fields["owner"].initial = case.owner_id if case and case.owner_id else self.deed.staff
        self.fields["next_action"].initial = case.next_action if case else ""
        in_a_week = self.deed.today + timedelta(days=7)
        self.fields["due_on"].initial = (case.due_on if case else None) or in_a_week

    def carry_out(self) -> None:
        self.case = attending.assign(**self.said())


class SnoozeForm(CaseForm):
    done = later("{client} put off.")

    until = forms.DateField(
        label=_("Until"),
        widget=DateInput,
        help_text=_("Two weeks at most. A new alarm wakes it."),
    )
    reason = forms.CharField(label=_("Why it can wait"), max_length=300)

    def prepare(self) -> None:
        super().prepare()
        self.fields["until"].initial = self.deed.today + timedelta(days=7)

    def carry_out(self) -> None:
        self.case = attending.snooze(**self.said())


class CloseForm(CaseForm):
    done = later("{client} closed.")

    reason = forms.CharField(
        label=_("Why nothing more is to be done"),
        max_length=300,
        help_text=_("It is opened again when a new rule is broken."),
    )

    def carry_out(self) -> None:
        self.case = attending.close(**self.said(), by=self.deed.staff)
