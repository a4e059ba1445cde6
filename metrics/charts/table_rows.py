"""The rows behind a number as a table's body: a template would take several times longer."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from godview.templatetags.components import mark


class Row(Protocol):
    @property
    def cells(self) -> Sequence[Any]: ...
    @property
    def url(self) -> str: ...
    @property
    def state(self) -> str: ...


def table_rows(rows: Iterable[Row], numeric: frozenset[int]) -> SafeString:
    """The first cell names the row and leads onwards; numbers stand on the right."""
    return mark_safe("".join(_row(row, numeric) for row in rows))  # noqa: S308 - cells are escaped


def _row(row: Row, numeric: frozenset[int]) -> str:
    name: str = escape(row.cells[0])
    if row.url:
        name = f'<a href="{escape(row.url)}">{name}</a>'
    picture = f"{mark(row.state)} " if row.state else ""
    rest = "".join(
        f'<td class="num">{escape(cell)}</td>' if place in numeric else f"<td>{escape(cell)}</td>"
        for place, cell in enumerate(row.cells[1:], start=1)
    )
    return f'<tr><th scope="row">{picture}{name}</th>{rest}</tr>'
