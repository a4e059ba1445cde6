"""What was entered after the day on which a number is asked to be known."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from metrics.dashboards.why.rows import Row, Rows
from metrics.dashboards.why.words import cell_text

if TYPE_CHECKING:
    from metrics.dashboards.why.page import Why

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class LateRow:
    """A row as it stands today, which had not been entered by then, or not like this."""

    cells: list[str]
    side: str


@dataclass(frozen=True, slots=True)
class Since:
    """The number with all that is known today, and the rows that make the difference."""

    value: str
    count: int
    rows: list[LateRow]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def since(then: Rows, today: "Why") -> Since:
    """`then` as it was known, and the same page with everything that is known today."""
    known = {_told(row) for row in then.rows}
    late = [row for row in today.rows.rows if _told(row) not in known]
    columns, words = today.rows.columns, today.rows.words
    shown = [
        LateRow(
            [
                cell_text(cell, column.kind, today.as_of)
                for cell, column in zip(row.cells, columns, strict=True)
            ],
            words.of(row.side) if words else "",
        )
        for row in late[:MOST_SHOWN]
    ]
    return Since(today.value, len(late), shown)


def written(rows: Rows) -> Rows:
    """The same with every cell written now: later it would be read with all that is known."""
    return replace(rows, rows=[_written(row) for row in rows.rows])


def _written(row: Row) -> Row:
    cells = row.cells
    return replace(row, fill=lambda: cells)


def _told(row: Row) -> tuple[str, ...]:
    return (row.side, *(str(getattr(cell, "text", cell)) for cell in row.cells))
