from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from clients.importing.limits import MAX_BYTES, MAX_ROWS
from godview.importing.registry import KINDS


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is in it", choices=[(kind.name, kind.title) for kind in KINDS.values()]
    )
    file = forms.FileField(
        label="CSV or XLSX file",
        help_text=f"Up to {MAX_BYTES // 2**20} MB and {MAX_ROWS:,} rows. The first line names "
        "the columns. Nothing is written before you have seen what would happen.",
        error_messages={"empty": "The file is empty. Its first line must name the columns."},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > MAX_BYTES:
            raise forms.ValidationError("The file is larger than 10 MB. Split it into several.")
        return file
