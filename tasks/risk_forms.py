"""Telling a risk, answering it, and closing it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients.forms import DateInput, DeedForm
from clients.models import Staff
from tasks import risks
from tasks.help_forms import NOBODY
from tasks.models import Risk


class RiskForm(DeedForm):
    """What all risks have: what we do about it, who does it, by when."""

    answer = forms.CharField(
        label=_("What we do about it"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
    )
    owner = forms.ModelChoiceField(
        Staff.objects.none(), label=_("Who"), required=False, empty_label=_("Nobody yet")
    )
    due_on = forms.DateField(label=_("By when"), required=False, widget=DateInput)

    def prepare(self) -> None:
        today = self.deed.today
        owner: Any = self.fields["owner"]
        owner.queryset = Staff.objects.working_on(today).order_by("name")
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()


class TellRiskForm(RiskForm):
    done = _("Risk of {client} is on its page.")

    text = forms.CharField(
        label=_("What may happen"), max_length=300, widget=forms.Textarea({"rows": 2})
    )
    field_order = ("text", "answer", "owner", "due_on")

    def carry_out(self) -> None:
        if self.deed.staff is None:
            raise ValidationError(str(NOBODY))
        risks.tell(
            client=self.deed.client, by=self.deed.staff, now=self.deed.now, **self.cleaned_data
        )


class AnswerRiskForm(RiskForm):
    done = _("What we do about the risk of {client} is saved.")

    def __init__(self, *args: Any, risk: Risk, **kwargs: Any) -> None:
        self.risk = risk
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        super().prepare()
        self.fields["answer"].required = True
        for name in ("answer", "owner", "due_on"):
            self.fields[name].initial = getattr(self.risk, name)

    def carry_out(self) -> None:
        risks.answer(risk=self.risk, **self.cleaned_data)


class CloseRiskForm(DeedForm):
    done = _("Risk of {client} is closed.")

    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=Risk.Outcome.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, risk: Risk, **kwargs: Any) -> None:
        self.risk = risk
        super().__init__(*args, **kwargs)

    def carry_out(self) -> None:
        risks.close(risk=self.risk, outcome=self.cleaned_data["outcome"], now=self.deed.now)
