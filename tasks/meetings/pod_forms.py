"""What is told in a pod's meeting besides decisions: a note on a client, and a risk."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.forms import DateInput
from clients.models import Client, Staff
from godview.periods import monday_of
from tasks import risks
from tasks.models import MeetingTurn, Risk, WeekNote
from tasks.week_notes import write_note


class NoteForm(forms.Form):
    """The client's note of the week: the same one as in My week."""

    text = forms.CharField(label=_("Note"), max_length=500, required=False)
    version = forms.IntegerField(required=False, min_value=0)

    def carry_out(self, turn: MeetingTurn, by: Staff | None, now: datetime) -> WeekNote | None:
        """Nothing typed where nothing stands leaves no note."""
        told = self.cleaned_data
        if not told["text"].strip() and not told["version"]:
            return None
        return write_note(
            client=turn.client,
            week_starts_on=monday_of(turn.meeting.held_on),
            text=told["text"],
            staff=by,
            now=now,
            version=told["version"],
        )


class PodRiskForm(forms.Form):
    """What may go wrong with one of the pod's clients, and what we do about it."""

    client = forms.ModelChoiceField(Client.objects.none(), label=_("Client"), empty_label=None)
    text = forms.CharField(label=_("What may happen"), max_length=300)
    answer = forms.CharField(label=_("What we do about it"), max_length=300, required=False)
    owner = forms.ModelChoiceField(
        Staff.objects.none(), label=_("Who"), required=False, empty_label=_("Nobody yet")
    )
    due_on = forms.DateField(label=_("By when"), required=False, widget=DateInput)

    def __init__(self, *args: Any, day: date, clients: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: dict[str, Any] = self.fields
        rows["client"].queryset = Client.objects.filter(pk__in=clients).order_by("name")
        rows["owner"].queryset = Staff.objects.working_on(day).order_by("name")

    def carry_out(self, by: Staff, now: datetime) -> Risk:
        return risks.tell(by=by, now=now, **self.cleaned_data)
