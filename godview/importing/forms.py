from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.importing.kind import Kind
from clients.importing.limits import MAX_BYTES, MAX_ROWS
from godview.importing.matching import Matching
from godview.importing.registry import KINDS
from godview.templatetags.display import number


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is in it"),
        choices=lambda: [(kind.name, kind.title) for kind in KINDS.values()],
    )
    file = forms.FileField(
        label=gettext_lazy("CSV or XLSX file"),
        help_text=format_lazy(
            gettext_lazy(
                "Up to {megabytes} MB and {rows} rows. The first line names the columns. Nothing "
                "is written before you have seen what would happen."
            ),
            megabytes=MAX_BYTES // 2**20,
            rows=lazy(number, str)(MAX_ROWS),
        ),
        error_messages={
            "empty": gettext_lazy("The file is empty. Its first line must name the columns.")
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Split it into several."))
        return file


class MatchingForm(forms.Form):
    """One choice for each of our columns: which column of the file it is."""

    def __init__(self, kind: Kind, matching: Matching, *args: Any, **kwargs: Any) -> None:
        kwargs = {"label_suffix": "", "initial": matching.places, **kwargs}
        super().__init__(*args, **kwargs)
        self.kind, self.matching = kind, matching
        of_file = [(str(n), matching.title(n)) for n in range(len(matching.header))]
        for column in kind.columns:
            self.fields[column.column_name] = forms.TypedChoiceField(
                label=column.column_name,
                choices=[("", _("Not in the file")), *of_file],
                coerce=int,
                empty_value=None,
                required=column.required,
                error_messages={"required": _("Choose a column: every row needs this.")},
            )

    def places(self) -> dict[str, int]:
        return {name: place for name, place in self.cleaned_data.items() if place is not None}

    def lines(self) -> list[dict[str, Any]]:
        """What the page shows of each of our columns."""
        found = []
        for column in self.kind.columns:
            field = self[column.column_name]
            value = field.value()
            chosen = value not in (None, "") and str(value).isdigit()
            place = int(value) if chosen else None
            guess = self.matching.guessed.get(column.column_name, "")
            known = place is not None and place < len(self.matching.header)
            sample = self.matching.sample(place) if known and place is not None else ""
            found.append({"column": column, "field": field, "sample": sample, "guess": guess})
        return found
