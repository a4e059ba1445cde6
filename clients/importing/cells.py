"""What may be written in a cell of each sort, and what it then means.

`clean` raises ValueError with a sentence that says what to do; None is an empty cell.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.db.models import Choices, Model
from import_export.widgets import Widget

from clients.importing.words import NOT_STORABLE, SPREADSHEET_ERRORS, spoken, text_of


class Cell(Widget):
    """Text as it stands, without the spaces around it."""

    says: str = "Text."
    checked: ClassVar[bool] = False
    """Whether a value that was read is valid for its field already."""
    refers: ClassVar[bool] = False
    """Whether the value is a row of another table."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = text_of(value)
        if not text:
            return None
        if NOT_STORABLE.search(text):
            raise ValueError("This holds a control character that cannot be stored. Retype it.")
        if text in SPREADSHEET_ERRORS:
            raise ValueError("The spreadsheet shows an error here: correct its formula.")
        return self.meaning(text)

    def meaning(self, text: str) -> Any:
        return text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class EmailCell(Cell):
    says = "An e-mail address."

    def meaning(self, text: str) -> str:
        return text.lower()


class CountryCell(Cell):
    says = "Two letters, such as PL or GB."

    def meaning(self, text: str) -> str:
        code = text.upper()
        return "GB" if code == "UK" else code


class TimeZoneCell(Cell):
    says = "A time zone, such as Europe/Warsaw."
    checked = True

    def meaning(self, text: str) -> str:
        name = _time_zones().get(text.casefold().replace(" ", "_"))
        if name is None:
            raise ValueError(f"“{text}” is not a time zone. Write one like Europe/Warsaw.")
        return name


@cache
def _time_zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


class CurrencyCell(Cell):
    says = "Three letters, such as EUR."

    def meaning(self, text: str) -> str:
        return text.upper()


class FlagCell(Cell):
    says = "yes or no."
    checked = True
    WORDS: ClassVar[dict[str, bool]] = {
        **dict.fromkeys(("yes", "y", "true", "1", "x", "on"), True),
        **dict.fromkeys(("no", "n", "false", "0", "off"), False),
    }

    def meaning(self, text: str) -> bool:
        if spoken(text) not in self.WORDS:
            raise ValueError(f"“{text}” is neither yes nor no. Write yes or no.")
        return self.WORDS[spoken(text)]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else "yes" if value else "no"


class ChoiceCell(Cell):
    """One of a few words, however it is capitalised, with the usual other names for each."""

    checked = True

    def __init__(self, choices: type[Choices], **also: str) -> None:
        super().__init__()
        self.values = [str(value) for value in choices.values]
        self.says = f"One of: {', '.join(self.values)}."
        self._known: dict[str, str] = {}
        for value, label in choices.choices:
            others = [name for name in also.get(str(value), "").split(", ") if name]
            for name in (str(value), str(label), *others):
                self._known[spoken(name)] = str(value)

    def meaning(self, text: str) -> str:
        value = self._known.get(text) or self._known.get(spoken(text))
        if value is None:
            raise ValueError(f"“{text}” is not known here. Write one of: {', '.join(self.values)}.")
        return value


class ReferenceCell(Cell):
    """The external_id of a row that is there already."""

    checked = True
    refers = True

    def __init__(self, model: type[Model], what: str, field: str = "external_id") -> None:
        super().__init__()
        self.model, self.what, self.field = model, what, field
        self.says = f"The {field} of a {what} that is there already."
        self._rows: Mapping[str, Model] | None = None

    def meaning(self, text: str) -> Model:
        row = self.rows.get(text)
        if row is None:
            raise ValueError(
                f"There is no {self.what} with the {self.field} “{text}”. "
                f"Correct it, or import the {self.what} first."
            )
        return row

    @property
    def rows(self) -> Mapping[str, Model]:
        """Every row that may be meant, read once for an import."""
        if self._rows is None:
            every = self.model._default_manager.all()
            self._rows = {getattr(row, self.field): row for row in every}
        return self._rows

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(getattr(value, self.field))
