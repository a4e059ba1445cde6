"""Asking for another day."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from clients.forms import DateInput, DeedForm
from clients.models import Obligation
from tasks.ledger import postponing
from tasks.models import Postponement, Promise

REASONS = [("", "Choose the reason"), *Postponement.Reason.choices]


class PostponeForm(DeedForm):
    done = "Asked for another day. Until it is approved, the agreed day counts."

    due_on = forms.DateField(label="New day", widget=DateInput)
    reason = forms.ChoiceField(label="Why", choices=REASONS)
    obligation = forms.ModelChoiceField(
        Obligation.objects.none(),
        label="What the client owes us",
        required=False,
        empty_label="Only when the client blocks it",
    )
    text = forms.CharField(
        label="In a few words",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, promise: Promise, **kwargs: Any) -> None:
        self.promise = promise
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        earliest = max(self.promise.standing.agreed_on + timedelta(days=1), self.deed.today)
        self.fields["due_on"].widget.attrs["min"] = earliest.isoformat()
        obligation: Any = self.fields["obligation"]
        obligation.queryset = self.deed.client.obligations.open()
        obligation.label_from_instance = lambda row: row.text

    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or {}
        blocked = told.get("reason") == Postponement.Reason.CLIENT
        if blocked and not told.get("obligation") and "obligation" not in self.errors:
            self.add_error(
                "obligation",
                "Choose what the client owes us. Nothing to choose? Ask the client first, "
                "so that their clock runs.",
            )
        return told

    def carry_out(self) -> None:
        if self.deed.staff is None:
            raise ValidationError("Your account belongs to no member of staff: ask one to do it.")
        postponing.ask(
            promise=self.promise, by=self.deed.staff, now=self.deed.now, **self.cleaned_data
        )

    def take(self, refusal: ValidationError) -> None:
        """The service's sentences, beside the fields that they are about."""
        by_field = getattr(refusal, "error_dict", {NON_FIELD_ERRORS: [refusal]})
        for field, errors in by_field.items():
            self.add_error(field if field in self.fields else None, errors)
