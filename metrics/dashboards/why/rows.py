"""The shape of the rows behind a number: some columns, and cells that lead onwards."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Cells = Sequence[Any]
Visible = frozenset[Hashable] | None  # the clients a person may see; None: all of them


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it says, where it leads, and whether it counted for (part) the number."""

    cells: Cells
    url: str = ""
    state: str = ""  # a status mark before the first cell


@dataclass(frozen=True, slots=True)
class Rows:
    """`hidden` rows belong to clients of others: they are counted, but not shown."""

    columns: Sequence[str]
    rows: list[Row]
    hidden: int = 0
    noun: str = "row"
    numeric: frozenset[int] = field(default_factory=frozenset)

    @property
    def count(self) -> int:
        return len(self.rows) + self.hidden


def only(rows: Iterable[tuple[Hashable, Row]], visible: Visible) -> tuple[list[Row], int]:
    """The rows of visible clients, and how many others there are; None: everything is visible."""
    shown, hidden = [], 0
    for client, row in rows:
        if visible is None or client in visible:
            shown.append(row)
        else:
            hidden += 1
    return shown, hidden
