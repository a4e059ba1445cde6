"""Forms of the Asana page."""

from typing import Any

from django import forms


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
    """Names typed beside projects or users: `row-12` for the row 12, `out-12` to leave it out."""

    def __init__(self, *args: Any, rows: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            self.fields[f"row-{row}"] = forms.CharField(required=False, max_length=300)
            self.fields[f"out-{row}"] = forms.BooleanField(required=False)

    def names(self) -> dict[int, str]:
        """What was typed beside each row that the page showed."""
        return {
            int(name.removeprefix("row-")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("row-") and name in self.data
        }

    def left_out(self) -> set[int]:
        return {
            int(name.removeprefix("out-"))
            for name, ticked in self.cleaned_data.items()
            if name.startswith("out-") and ticked
        }
