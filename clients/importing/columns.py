from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from import_export.fields import Field

from clients.importing.cells import Cell


class Column(Field):
    """One column of a file: its name, what may be written in it, and the field that it fills.

    `attribute=""` fills no field: the resource uses the value itself. With `keeps`, an empty cell
    leaves what is there as it is (and a new row with the usual value); otherwise it empties it.
    """

    def __init__(
        self,
        name: str,
        cell: Cell | None = None,
        *,
        attribute: str | None = None,
        required: bool = False,
        keeps: bool = False,
        note: str | Promise = "",
    ) -> None:
        super().__init__(
            attribute=name if attribute is None else attribute or None,
            column_name=name,
            widget=cell or Cell(),
        )
        self.required = required
        self.keeps = keeps
        self.note = note

    @property
    def says(self) -> str:
        """What may be written here, in one or two sentences."""
        return f"{self.widget.says} {self.note}".strip()

    def read(self, value: Any) -> Any:
        """Raises ValueError with a sentence for the person who wrote the file."""
        meant = None if value is None or value == "" else self.widget.clean(value)
        if meant is None and self.required:
            raise ValueError(_("This must not be empty."))
        return meant
