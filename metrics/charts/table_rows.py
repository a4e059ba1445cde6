"""The rows behind a number as a table's body: a template would take several times longer."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from godview.templatetags.components import mark


class Cell(NamedTuple):
    """What a cell says, where it leads, and whether it stands on the right as numbers do."""

    text: str
    url: str = ""
    is_number: bool = False


class TableRow(NamedTuple):
    """The first cell names the row; `state` puts a status mark before it."""

    cells: Sequence[Cell]
    state: str = ""


def table_rows(rows: Iterable[TableRow]) -> SafeString:
    return mark_safe("".join(_row(row) for row in rows))  # noqa: S308 - cells are escaped


def _row(row: TableRow) -> str:
    picture = f"{mark(row.state)} " if row.state else ""
    rest = "".join(_cell(cell) for cell in row.cells[1:])
    return f'<tr><th scope="row">{picture}{_said(row.cells[0])}</th>{rest}</tr>'


def _cell(cell: Cell) -> str:
    return f'<td class="num">{_said(cell)}</td>' if cell.is_number else f"<td>{_said(cell)}</td>"


def _said(cell: Cell) -> str:
    text: str = escape(cell.text)
    if not cell.url:
        return text
    away = ' rel="noreferrer"' if cell.url.startswith("https:") else ""
    return f'<a href="{escape(cell.url)}"{away}>{text}</a>'
