"""Starting a tactic with its rule, and judging it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.forms import DateInput, DeedForm
from godview.translating.later import later
from tasks import tactics
from tasks.models import Tactic


class StartForm(DeedForm):
    done = later("Tactic started for {client}.")

    name = forms.CharField(label=_("What we try"), max_length=200)
    metric = forms.CharField(
        label=_("What must move"),
        max_length=120,
        help_text=_("One number, such as cost per lead."),
    )
    threshold = forms.CharField(
        label=_("How far"),
        max_length=120,
        help_text=_("Such as −10 % against the four weeks before."),
    )
    window_days = forms.IntegerField(
        label=_("In how many days"), min_value=1, max_value=365, initial=30
    )
    started_on = forms.DateField(label=_("From"), widget=DateInput)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def prepare(self) -> None:
        started_on = self.fields["started_on"]
        started_on.initial = self.deed.today
        started_on.widget.attrs["min"] = self.deed.today.isoformat()

    def carry_out(self) -> None:
        tactics.start(
            client=self.deed.client,
            manager=self.deed.staff,
            today=self.deed.today,
            **self.cleaned_data,
        )


class VerdictForm(DeedForm):
    done = later("Verdict saved for {client}.")

    outcome = forms.ChoiceField(
        label=_("How it ended"),
        choices=[(outcome.value, outcome.label) for outcome in tactics.VERDICTS],
        widget=forms.RadioSelect,
    )
    ended_on = forms.DateField(label=_("On"), widget=DateInput)
    note = forms.CharField(label=_("What we learnt"), required=False, max_length=500)

    def __init__(self, *args: Any, tactic: Tactic, **kwargs: Any) -> None:
        self.tactic = tactic
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        ended_on = self.fields["ended_on"]
        ended_on.initial = self.deed.today
        ended_on.widget.attrs["max"] = self.deed.today.isoformat()

    def carry_out(self) -> None:
        tactics.judge(tactic=self.tactic, today=self.deed.today, **self.cleaned_data)
