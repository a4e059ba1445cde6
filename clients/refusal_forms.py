"""The form in which a refusal is written down."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.forms import DateInput
from clients.models import Refusal, Staff
from clients.refusals import change_refusal, record_refusal
from godview.access import Role
from godview.rest.limits import sane_year
from godview.widgets import SpokenSelects

HELP = {
    "brand": gettext_lazy("1 to 5: how much we want the name."),
    "capacity": gettext_lazy("1 to 5: how much it could buy."),
    "pitch": gettext_lazy("1 to 5: how close we came; 1 is a critical blunder."),
}
MARKS = [("", gettext_lazy("not known")), *((str(mark), str(mark)) for mark in range(1, 6))]


class RefusalForm(SpokenSelects, forms.ModelForm[Refusal]):
    firm = forms.CharField(
        label=gettext_lazy("Firm"),
        max_length=200,
        help_text=gettext_lazy("A client we know, by its name, or a new firm."),
        widget=forms.TextInput(attrs={"list": "known-firms", "autocomplete": "off"}),
    )
    brand = forms.TypedChoiceField(
        label=gettext_lazy("Brand"),
        choices=MARKS,
        coerce=int,
        empty_value=None,
        required=False,
    )
    capacity = forms.TypedChoiceField(
        label=gettext_lazy("Capacity"),
        choices=MARKS,
        coerce=int,
        empty_value=None,
        required=False,
    )
    pitch = forms.TypedChoiceField(
        label=gettext_lazy("Pitch"),
        choices=MARKS,
        coerce=int,
        empty_value=None,
        required=False,
    )

    field_order = ("firm", "refused_on", "reason", "brand", "capacity", "pitch")

    class Meta:
        model = Refusal
        fields = (
            *("refused_on", "reason", "brand", "capacity", "pitch"),
            *("salesperson", "remind_on", "reopened_on", "note"),
        )
        labels: ClassVar = {
            "refused_on": gettext_lazy("Refused on"),
            "reason": gettext_lazy("Reason"),
            "salesperson": gettext_lazy("Salesperson"),
            "remind_on": gettext_lazy("Remind on"),
            "reopened_on": gettext_lazy("Reopened on"),
            "note": gettext_lazy("Note"),
        }
        widgets = {
            "refused_on": DateInput(),
            "remind_on": DateInput(),
            "reopened_on": DateInput(),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        sellers = Staff.objects.working_on(today).filter(role=Role.SALESPERSON)
        self.fields["salesperson"].queryset = sellers.order_by("name")  # type: ignore[attr-defined]
        for name in ("brand", "capacity", "pitch"):
            self.fields[name].help_text = HELP[name]
        if self.instance.pk:
            del self.fields["firm"]
            known = self.instance.salesperson_id
            if known:
                either = sellers | Staff.objects.filter(pk=known)
                self.fields["salesperson"].queryset = either.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("refused_on", "remind_on", "reopened_on"):
            day = told.get(name)
            if day:
                try:
                    sane_year(day)
                except ValidationError as error:
                    self.add_error(name, error)
        refused, reopened = told.get("refused_on"), told.get("reopened_on")
        if refused and refused > self.today:
            self.add_error("refused_on", _("A refusal has happened: write today or a day before."))
        if refused and reopened and reopened < refused:
            self.add_error("reopened_on", _("We pitch again after the refusal, not before."))
        return told

    def keep(self) -> Refusal:
        """Written only when it is valid; raises ValidationError when the database refuses."""
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if self.instance.pk:
            row = Refusal.objects.get(pk=self.instance.pk)
            return change_refusal(refusal=row, told=told)
        return record_refusal(firm=self.cleaned_data["firm"].strip(), told=told)
