"""Forms of the Asana page."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from godview.templatetags.display import number
from godview.translating.later import later_with, later_written
from tasks.models import AsanaConnection

PLANS = [
    (1500, later_with("Paid: {allowed} requests a minute", allowed=later_written(number, 1500))),
    (150, later_with("Free: {allowed} requests a minute", allowed=later_written(number, 150))),
]
ROW = re.compile(r"row-([0-9]{1,18})")


class TokenForm(forms.Form):
    """A token goes in and never comes out again."""

    token = forms.CharField(
        label=_("Personal access token"),
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Kept encrypted, and never shown again. We see what its owner sees in Asana."),
    )


class AppForm(forms.Form):
    """An app of the agency's own in Asana. Not asked for where the installation brings one."""

    client_id = forms.CharField(
        label=_("Client ID"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    client_secret = forms.CharField(
        label=_("Client secret"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted, and never shown again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.ASANA_CLIENT_ID:
            self.fields.clear()


class BeginForm(forms.Form):
    """How fast Asana may be asked: its plans allow different numbers of requests."""

    requests_per_minute = forms.TypedChoiceField(
        label=_("Your plan in Asana"),
        coerce=int,
        choices=PLANS,
        widget=forms.RadioSelect,
        help_text=_("In Asana: your photo at the top right, Admin console, Billing."),
    )

    def __init__(self, *args: Any, connection: AsanaConnection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allowed = connection.requests_per_minute
        field = self.fields["requests_per_minute"]
        field.initial = self.allowed
        if isinstance(field, forms.ChoiceField) and self.allowed not in dict(PLANS):
            field.choices = [(self.allowed, _in_words(self.allowed)), *PLANS]


def _in_words(allowed: int) -> str:
    return (
        (_("As set up: %(allowed)s requests a minute") % {"allowed": number(allowed)})
        if allowed
        else str(_("As set up: no limit"))
    )


class MappingForm(forms.Form):
    """Names typed beside projects or users: `row-12` for the row 12, `out-12` to leave it out.

    Only rows that the page showed are spoken of: the others stay as they are.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in (found[1] for found in map(ROW.fullmatch, self.data) if found):
            self.fields[f"row-{row}"] = forms.CharField(required=False, max_length=300)
            self.fields[f"out-{row}"] = forms.BooleanField(required=False)

    def names(self) -> dict[int, str]:
        return {
            int(name.removeprefix("row-")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("row-")
        }

    def left_out(self) -> set[int]:
        return {
            int(name.removeprefix("out-"))
            for name, ticked in self.cleaned_data.items()
            if name.startswith("out-") and ticked
        }
