"""What an import did or would do, row by row, in words for the person who sent the file."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from godview.templatetags.display import number

KEPT_REFUSALS = 2_000
KEPT_SAMPLES = 20


@dataclass(frozen=True)
class Refusal:
    """One thing that is wrong in one row. `column` is empty where it is the row as a whole."""

    line: int
    column: str
    value: str
    sentence: str

    def __str__(self) -> str:
        where = (_("line %(line)s") % {"line": self.line}) if self.line else _("file")
        if self.column:
            where += f", {self.column}" + (f" “{self.value}”" if self.value else "")
        return f"{where}: {self.sentence}"


@dataclass(frozen=True)
class Sample:
    line: int
    fate: str
    cells: list[str]

    @property
    def becomes(self) -> str:
        """What happens to the row, in a word."""
        words = {
            "new": pgettext("a row", "new"),
            "changed": pgettext("a row", "changed"),
            "unchanged": pgettext("a row", "unchanged"),
            "refused": pgettext("a row", "refused"),
        }
        return words[self.fate]


@dataclass
class Report:
    kind: str
    file_name: str
    written: bool = False
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.refused

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.unchanged + self.duplicates + self.refused

    @property
    def writes(self) -> int:
        return self.new + self.changed

    def summary(self) -> str:
        """161 rows: 160 new, 1 changed."""
        told = [
            (self.new, _("%(count)s new")),
            (self.changed, _("%(count)s changed")),
            (self.unchanged, _("%(count)s unchanged")),
            (self.duplicates, _("%(count)s twice in the file")),
            (self.refused, _("%(count)s refused")),
        ]
        parts = [words % {"count": number(count)} for count, words in told if count]
        rows = ngettext("%(count)s row: %(parts)s", "%(count)s rows: %(parts)s", self.rows)
        return rows % {"count": number(self.rows), "parts": ", ".join(parts) or _("none")}

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        known = {one.name for one in fields(cls)}
        rest = {name: value for name, value in kept.items() if name in known}
        refusals = [Refusal(**refusal) for refusal in rest.pop("refusals", [])]
        samples = [Sample(**sample) for sample in rest.pop("samples", [])]
        return cls(**rest, refusals=refusals, samples=samples)
