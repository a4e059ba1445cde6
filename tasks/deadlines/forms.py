"""Asking for another day, and changing what was agreed for 90 days."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.forms import DateInput, DeedForm
from clients.models import Obligation, Staff
from godview.rest.limits import sane_year
from godview.translating.later import later
from tasks.ledger import postponing
from tasks.ledger.goal_terms import GoalTerms, change
from tasks.models import Postponement, Promise

REASONS = [("", gettext_lazy("Choose the reason")), *Postponement.Reason.choices]


class LedgerForm(DeedForm):
    """A deed on one promise, whose refusals stand beside the fields that they are about."""

    def __init__(self, *args: Any, promise: Promise, **kwargs: Any) -> None:
        self.promise = promise
        super().__init__(*args, **kwargs)

    def author(self) -> Staff:
        if self.deed.staff is None:
            raise ValidationError(
                _("Your account belongs to no member of staff: ask one to do it.")
            )
        return self.deed.staff

    def take(self, refusal: ValidationError) -> None:
        by_field = getattr(refusal, "error_dict", {NON_FIELD_ERRORS: [refusal]})
        for field, errors in by_field.items():
            self.add_error(field if field in self.fields else None, errors)


class TermsForm(LedgerForm):
    done = later("Changed. What was agreed first, and your reason, stay in sight.")

    baseline = forms.DecimalField(
        label=gettext_lazy("Where it stood"), max_digits=15, decimal_places=4
    )
    target = forms.DecimalField(
        label=gettext_lazy("Where it must be"), max_digits=15, decimal_places=4
    )
    last_day = forms.DateField(label=gettext_lazy("By"), widget=DateInput, validators=[sane_year])
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea({"rows": 2})
    )

    def prepare(self) -> None:
        goal = self.promise.client_goal
        if goal is not None:
            self.initial = {
                "baseline": goal.baseline.normalize().to_eng_string(),
                "target": goal.target.normalize().to_eng_string(),
                "last_day": goal.last_day,
            }
        self.fields["last_day"].widget.attrs["min"] = self.deed.today.isoformat()

    def carry_out(self) -> None:
        said = self.cleaned_data
        if self.promise.client_goal is not None:
            change(
                goal=self.promise.client_goal,
                to=GoalTerms(
                    said["baseline"], said["target"], said["last_day"] + timedelta(days=1)
                ),
                reason=said["reason"],
                by=self.author(),
                now=self.deed.now,
            )


class PostponeForm(LedgerForm):
    done = later("Asked for another day. Until it is approved, the agreed day counts.")

    due_on = forms.DateField(
        label=gettext_lazy("New day"), widget=DateInput, validators=[sane_year]
    )
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=REASONS)
    obligation = forms.ModelChoiceField(
        Obligation.objects.none(),
        label=gettext_lazy("What the client owes us"),
        required=False,
        empty_label=gettext_lazy("Only when the client blocks it"),
    )
    text = forms.CharField(
        label=gettext_lazy("In a few words"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )

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
                _(
                    "Choose what the client owes us. Nothing to choose? Ask the client first, "
                    "so that their clock runs."
                ),
            )
        return told

    def carry_out(self) -> None:
        said = self.cleaned_data
        postponing.ask(promise=self.promise, by=self.author(), now=self.deed.now, **said)
