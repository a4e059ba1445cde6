"""Deciding to do something differently for a 90-day goal, and judging whether it helped."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import pivots
from clients.forms import DeedForm
from clients.models import ClientGoal, Pivot
from godview.translating.later import later


class PivotForm(DeedForm):
    done = later("Decision for {client} is written down.")

    text = forms.CharField(
        label=gettext_lazy("What we do differently from today"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(
        self, *args: Any, goal: ClientGoal, pace_then: Decimal | None = None, **kwargs: Any
    ) -> None:
        self.goal, self.pace_then = goal, pace_then
        super().__init__(*args, **kwargs)

    def carry_out(self) -> None:
        if self.deed.staff is None:
            raise ValidationError(
                _("Your account belongs to no member of staff: ask one to do it.")
            )
        pivots.decide(
            goal=self.goal,
            text=self.cleaned_data["text"],
            by=self.deed.staff,
            today=self.deed.today,
            pace_then=self.pace_then,
        )


class PivotVerdictForm(DeedForm):
    done = later("What became of it is written down for {client}.")

    result = forms.ChoiceField(
        label=gettext_lazy("Did it help?"),
        choices=[(result.value, result.label) for result in pivots.VERDICTS],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("What we learnt"), required=False, max_length=500)

    def __init__(self, *args: Any, pivot: Pivot, **kwargs: Any) -> None:
        self.pivot = pivot
        super().__init__(*args, **kwargs)

    def carry_out(self) -> None:
        pivots.judge(pivot=self.pivot, today=self.deed.today, **self.cleaned_data)
