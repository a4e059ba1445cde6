"""What may be written in a cell of each sort, and what it then means.

`clean` raises ValueError with a sentence that says what to do; None is an empty cell.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.db.models import Choices, Model
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from import_export.widgets import Widget

from clients.importing.words import NOT_STORABLE, SPREADSHEET_ERRORS, spoken, text_of

OF_A = {
    "client": pgettext_lazy("of a", "client"),
    "pod": pgettext_lazy("of a", "pod"),
    "member of staff": pgettext_lazy("of a", "member of staff"),
    "department": pgettext_lazy("of a", "department"),
}


class Cell(Widget):
    """Text as it stands, without the spaces around it."""

    says: str | Promise = gettext_lazy("Text.")
    checked: ClassVar[bool] = False
    """Whether a value that was read is valid for its field already."""
    refers: ClassVar[bool] = False
    """Whether the value is a row of another table."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = text_of(value)
        if not text:
            return None
        if NOT_STORABLE.search(text):
            raise ValueError(_("This holds a control character that cannot be stored. Retype it."))
        if text in SPREADSHEET_ERRORS:
            raise ValueError(_("The spreadsheet shows an error here: correct its formula."))
        return self.meaning(text)

    def meaning(self, text: str) -> Any:
        return text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class EmailCell(Cell):
    says = gettext_lazy("An e-mail address.")

    def meaning(self, text: str) -> str:
        return text.lower()


class CountryCell(Cell):
    says = gettext_lazy("Two letters, such as PL or GB.")

    def meaning(self, text: str) -> str:
        code = text.upper()
        return "GB" if code == "UK" else code


class TimeZoneCell(Cell):
    says = gettext_lazy("A time zone, such as Europe/Warsaw.")
    checked = True

    def meaning(self, text: str) -> str:
        name = _time_zones().get(text.casefold().replace(" ", "_"))
        if name is None:
            sentence = _("“%(text)s” is not a time zone. Write one like Europe/Warsaw.")
            raise ValueError(sentence % {"text": text})
        return name


@cache
def _time_zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


class CurrencyCell(Cell):
    says = gettext_lazy("Three letters, such as EUR.")

    def meaning(self, text: str) -> str:
        return text.upper()


class FlagCell(Cell):
    says = gettext_lazy("yes or no.")
    checked = True
    WORDS: ClassVar[dict[str, bool]] = {
        **dict.fromkeys(("yes", "y", "true", "1", "x", "on"), True),
        **dict.fromkeys(("no", "n", "false", "0", "off"), False),
    }

    def meaning(self, text: str) -> bool:
        if spoken(text) not in self.WORDS:
            sentence = _("“%(text)s” is neither yes nor no. Write yes or no.")
            raise ValueError(sentence % {"text": text})
        return self.WORDS[spoken(text)]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else "yes" if value else "no"


class ChoiceCell(Cell):
    """One of a few words, however it is capitalised, with the usual other names for each."""

    checked = True

    def __init__(self, choices: type[Choices], **also: str) -> None:
        super().__init__()
        self.values = [str(value) for value in choices.values]
        words = gettext_lazy("One of: {values}.")
        self.says = format_lazy(words, values=", ".join(self.values))
        self._known: dict[str, str] = {}
        for value, label in choices.choices:
            others = [name for name in also.get(str(value), "").split(", ") if name]
            for name in (str(value), str(label), *others):
                self._known[spoken(name)] = str(value)

    def meaning(self, text: str) -> str:
        value = self._known.get(text) or self._known.get(spoken(text))
        if value is None:
            sentence = _("“%(text)s” is not known here. Write one of: %(values)s.")
            raise ValueError(sentence % {"text": text, "values": ", ".join(self.values)})
        return value


class ReferenceCell(Cell):
    """The external_id of a row that is there already."""

    checked = True
    refers = True

    def __init__(self, model: type[Model], what: str, field: str = "external_id") -> None:
        super().__init__()
        self.model, self.what, self.field = model, what, field
        words = gettext_lazy("The {field} of a {what} that is there already.")
        self.says = format_lazy(words, field=field, what=OF_A[what])
        self._rows: Mapping[str, Model] | None = None

    def meaning(self, text: str) -> Model:
        row = self.rows.get(text)
        if row is None:
            told = {"what": OF_A[self.what], "field": self.field, "text": text}
            sentence = _(
                "There is no %(what)s with the %(field)s “%(text)s”. Correct it, or import the "
                "%(what)s first."
            )
            raise ValueError(sentence % told)
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
