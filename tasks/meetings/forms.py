"""What is decided for a client in a growth review."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.forms import DateInput
from clients.models import Staff
from tasks.meetings import growth
from tasks.models import Decision, MeetingTurn


class DecisionForm(forms.Form):
    """`theirs` is what somebody else saved while this was typed."""

    theirs: Any = None
    choice = forms.ChoiceField(
        label=_("Decision"),
        choices=Decision.Choice.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    text = forms.CharField(
        label=_("What will we do?"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    owner = forms.ModelChoiceField(
        Staff.objects.none(), label=_("Owner"), required=False, empty_label=_("Account manager")
    )
    due_on = forms.DateField(label=_("Due"), required=False, widget=DateInput)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Staff.objects.working_on(day)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (over := self.data.get("over", "")).isdecimal():
            told["version"] = int(over)  # theirs was seen, and is to be replaced
        if told.get("text") and not told.get("choice"):
            self.add_error("choice", _("Choose what this is: keep going, pivot or another one."))
        return told

    def carry_out(self, turn: MeetingTurn, by: Staff | None, now: datetime) -> Decision | None:
        """Keep the decision, where there is one."""
        told = self.cleaned_data
        return growth.decide(turn=turn, by=by, now=now, **told) if told["choice"] else None

    def is_saved_in(self, row: Any) -> bool:
        """Whether what was saved meanwhile is just this: sent twice, or typed by both."""
        told = self.cleaned_data
        due_on = told["due_on"] and growth.sunday_of(told["due_on"])
        mine = (told["choice"], " ".join(told["text"].split()), told["owner"], due_on)
        return mine == (row.choice, row.text, row.owner, row.due_on)
