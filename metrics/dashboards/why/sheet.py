"""One sheet of the rows behind a number: a side of it, or all of it, two hundred at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from godview.templatetags.display import counted, money, number
from metrics.charts.table_rows import Cell, TableRow, table_rows
from metrics.dashboards.why.rows import Column, Kind, Link, Row, Rows
from metrics.dashboards.why.words import cell_text

ON_A_SHEET = 200
SIDES = ("part", "rest", "out")


@dataclass(frozen=True, slots=True)
class Tab:
    side: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Sheet:
    heads: list[Column]
    body: SafeString
    tabs: list[Tab]
    side: str
    page: int
    pages: int
    shown: int
    heading: str
    yours: str
    sum: str


def sheet(rows: Rows, side: str, page: int, today: date) -> Sheet:
    side = side if rows.words and side in SIDES else ""
    mine = rows.on(side)
    pages = max(1, -(-len(mine) // ON_A_SHEET))
    page = min(max(page, 1), pages)
    start = (page - 1) * ON_A_SHEET
    return Sheet(
        heads=[*rows.columns, *([Column(_("Counts as"))] if rows.words else [])],
        body=table_rows(_drawn(rows, mine[start : start + ON_A_SHEET], today)),
        tabs=_tabs(rows),
        side=side,
        page=page,
        pages=pages,
        shown=len(mine),
        heading=counted(rows.total, rows.noun),
        yours=_yours(rows),
        sum=_sum(rows),
    )


def _drawn(rows: Rows, some: Sequence[Row], today: date) -> Iterable[TableRow]:
    for row in some:
        pairs = zip(row.cells, rows.columns, strict=True)
        cells = [_cell(value, column, today) for value, column in pairs]
        if rows.words:
            cells.append(Cell(rows.words.of(row.side)))
        yield TableRow(cells, row.state)


def _cell(value: object, column: Column, today: date) -> Cell:
    url = value.url if isinstance(value, Link) else ""
    return Cell(cell_text(value, column.kind, today), url, column.is_number)


def _tabs(rows: Rows) -> list[Tab]:
    """All of them, then each side that has rows."""
    if rows.words is None:
        return []
    counts = {side: len(rows.on(side)) for side in SIDES}
    sides = [Tab(s, rows.words.of(s), count) for s, count in counts.items() if count]
    return [Tab("", _("all"), len(rows.rows)), *sides] if len(sides) > 1 else []


def _yours(rows: Rows) -> str:
    """12 of 160 rows are yours to see: the number itself is that of all of them."""
    if not rows.hidden:
        return ""
    return ngettext(
        "%(rows_rows)s of %(rows_total)s is yours to see",
        "%(rows_rows)s of %(rows_total)s are yours to see",
        len(rows.rows),
    ) % {"rows_rows": number(len(rows.rows)), "rows_total": counted(rows.total, "row")}


def _sum(rows: Rows) -> str:
    """What the shown rows add up to."""
    if rows.sums:
        is_money = any(column.kind is Kind.MONEY for column in rows.columns)
        return _("Together %(rows_amount)s") % {
            "rows_amount": money(rows.amount) if is_money else rows.amount
        }
    return ""
