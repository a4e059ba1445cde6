"""Which column of a file is which of ours: by its name, by what others call it, by its values."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clients.importing.cells import (
    ChoiceCell,
    CountryCell,
    CurrencyCell,
    EmailCell,
    FlagCell,
    ReferenceCell,
    TimeZoneCell,
)
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell, MomentCell
from clients.importing.numbers import NumberCell
from clients.importing.synonyms import OF_KIND, SYNONYMS
from clients.importing.words import column_name, spoken, text_of

TELLING = (
    EmailCell, CountryCell, CurrencyCell, TimeZoneCell, FlagCell, ChoiceCell, ReferenceCell,
    DateCell, MomentCell, NumberCell,
)  # fmt: skip
SHAPES = {
    EmailCell: re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    CountryCell: re.compile(r"[A-Za-z]{2}"),
    CurrencyCell: re.compile(r"[A-Z]{3}"),
}
ASIDE = re.compile(r"\(.*?\)|\[.*?\]|[*:?]")


@dataclass(frozen=True)
class Guess:
    """The place of a column in the file, and how we came to it: name, word or values."""

    place: int
    by: str


def guesses(kind: Kind, header: Sequence[Any], rows: Sequence[Sequence[Any]]) -> dict[str, Guess]:
    """A column of the file is given to one of ours at most; what nothing speaks for is left."""
    resource = kind.resource()
    ours: dict[str, Column] = {name: resource.fields[name] for name in kind.column_names}
    values = [_values(rows, place) for place in range(len(header))]
    found: dict[str, Guess] = {}
    for by, words in (("name", _same_name), ("word", _words_of_kind), ("word", _other_words)):
        for name, column in ours.items():
            if name not in found:
                taken = {guess.place for guess in found.values()}
                wanted = words(kind.name, name)
                places = [
                    place
                    for place, cell in enumerate(header)
                    if place not in taken
                    and (column_name(cell) in wanted or folded(cell) in wanted)
                ]
                if places:
                    found[name] = Guess(max(places, key=lambda p: fit(column, values[p])), by)
    return {**found, **_by_values(ours, values, found)}


def _same_name(kind: str, name: str) -> set[str]:
    return {name}


def _words_of_kind(kind: str, name: str) -> set[str]:
    return _split(OF_KIND.get(kind, {}).get(name, ""))


def _other_words(kind: str, name: str) -> set[str]:
    return _split(SYNONYMS.get(name, ""))


def _split(words: str) -> set[str]:
    return {folded(word) for word in words.split(",") if word.strip()}


def folded(cell: Any) -> str:
    """“Teléfono (móvil) *” and “telefono” are the same word."""
    plain = spoken(ASIDE.sub(" ", str(cell if cell is not None else "")))
    letters = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _by_values(
    ours: dict[str, Column], values: list[list[Any]], found: dict[str, Guess]
) -> dict[str, Guess]:
    """Only where one of ours fits one column alone, and that column fits no other of ours."""
    taken = {guess.place for guess in found.values()}
    left = [place for place in range(len(values)) if place not in taken and values[place]]
    fits = {
        name: [place for place in left if fit(column, values[place]) == 1]
        for name, column in ours.items()
        if name not in found and isinstance(column.widget, TELLING)
    }
    wanted = [place for places in fits.values() for place in places]
    return {
        name: Guess(places[0], "values")
        for name, places in fits.items()
        if len(places) == 1 and wanted.count(places[0]) == 1
    }


def fit(column: Column, values: Sequence[Any]) -> float:
    """The share of the values that the column could hold; without a value it is 0."""
    if not values:
        return 0
    shape = SHAPES.get(type(column.widget))
    return sum(_readable(column, value, shape) for value in values) / len(values)


def _readable(column: Column, value: Any, shape: re.Pattern[str] | None) -> bool:
    if shape is not None and not shape.fullmatch(text_of(value)):
        return False
    try:
        return column.read(value) is not None
    except ValueError:
        return False


def _values(rows: Sequence[Sequence[Any]], place: int) -> list[Any]:
    cells = (row[place] for row in rows if place < len(row))
    return [cell for cell in cells if text_of(cell)]
