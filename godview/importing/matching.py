"""Which column of an upload is which of ours, kept with it beside its report."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.translation import gettext as _

from clients.importing.guessing import Guess, guesses
from clients.importing.kind import Kind
from clients.importing.limits import Refused
from clients.importing.sheet import first_lines
from clients.importing.words import short
from clients.models import Upload

LOOKED_AT = 50
SHOWN = 3
KEY = "matching"


@dataclass
class Matching:
    header: list[str]
    samples: list[list[str]]
    places: dict[str, int]
    """The place in the file of each of ours that is in it."""
    guessed: dict[str, str] = field(default_factory=dict)
    """How we came to the place of each: by its name, a word for it, or its values."""

    @property
    def is_certain(self) -> bool:
        """Every column of the file has our own name."""
        return set(self.guessed.values()) == {"name"} and len(self.places) == len(self.header)

    @property
    def left_out(self) -> list[str]:
        used = set(self.places.values())
        return [self.title(place) for place in range(len(self.header)) if place not in used]

    def title(self, place: int) -> str:
        return self.header[place] or _("column %(number)s, without a name") % {"number": place + 1}

    def sample(self, place: int) -> str:
        """The first values of a column of the file."""
        cells = (row[place] for row in self.samples if place < len(row))
        return ", ".join(cell for cell in cells if cell)

    def keep(self, upload: Upload) -> None:
        upload.report = {**upload.report, KEY: asdict(self)}

    @classmethod
    def of(cls, upload: Upload) -> Self | None:
        """There is none for a file that could not be read."""
        kept = upload.report.get(KEY)
        return cls(**kept) if kept else None


def matched(kind: Kind, content: bytes) -> Matching | None:
    try:
        header, *rows = first_lines(content, kind.column_names, 1 + LOOKED_AT)
    except Refused:
        return None
    found: dict[str, Guess] = guesses(kind, header, rows)
    return Matching(
        header=[short(cell) for cell in header],
        samples=[_shown(row) for row in rows[:SHOWN]],
        places={name: guess.place for name, guess in found.items()},
        guessed={name: guess.by for name, guess in found.items()},
    )


def _shown(row: Sequence[Any]) -> list[str]:
    return [short(cell, 24) for cell in row]
