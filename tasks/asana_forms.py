"""Forms of the Asana page."""

import re
from typing import Any

from django import forms

ROW = re.compile(r"row-([0-9]{1,18})")


class ConnectForm(forms.Form):
    """A token goes in and never comes out again."""

    token = forms.CharField(
        label="Personal access token",
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=(
            "Asana makes one under Settings, Apps, Developer apps. It is kept encrypted and never "
            "shown again. We see what the person it belongs to sees."
        ),
    )
    workspace_gid = forms.CharField(
        label="Workspace number",
        max_length=64,
        required=False,
        help_text="Only when the token reaches several workspaces: you will be told their numbers.",
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
