"""A file that somebody uploaded, as rows of cells with their line numbers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from clients.importing.csv_file import csv_lines
from clients.importing.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Line, Refused
from clients.importing.words import column_name
from clients.importing.xlsx_file import xlsx_lines


@dataclass
class Sheet:
    """The known columns of a file, in the file's order; empty lines are gone."""

    headers: list[str]
    rows: list[list[Any]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    too_long: list[int] = field(default_factory=list)
    """Lines with more cells than the first line names columns."""


def read_sheet(content: bytes, columns: Collection[str], required: Collection[str]) -> Sheet:
    """Raises Refused, with a sentence, for a file that is no table of these columns."""
    if not content.strip(b"\0 \r\n\t"):
        raise Refused("The file is empty. Its first line must name the columns.")
    if len(content) > MAX_BYTES:
        raise Refused("The file is larger than 10 MB. Split it into several.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("This is an old Excel file (.xls). Save it as .xlsx or as CSV.")
    warnings: list[str] = []
    is_workbook = content.startswith(b"PK")
    lines = xlsx_lines(content, warnings) if is_workbook else csv_lines(content, columns, warnings)
    sheet = _table(list(_up_to_the_limit(lines)), columns, required)
    sheet.warnings[:0] = warnings
    return sheet


def _up_to_the_limit(lines: Iterable[Line]) -> Iterator[Line]:
    count = 0
    for number, cells in lines:
        cells = _without_empty_end(cells) if len(cells) < 20 * MAX_COLUMNS else cells
        if not cells:
            continue
        if len(cells) > MAX_COLUMNS:
            raise Refused(f"Line {number} has more than {MAX_COLUMNS} columns.")
        if count > MAX_ROWS:
            raise Refused(f"The file has more than {MAX_ROWS:,} rows. Split it into several.")
        count += 1
        yield number, cells


def _without_empty_end(cells: Sequence[Any]) -> Sequence[Any]:
    end = len(cells)
    while end and (cells[end - 1] is None or str(cells[end - 1]).strip() == ""):
        end -= 1
    return cells[:end]


def _table(lines: list[Line], columns: Collection[str], required: Collection[str]) -> Sheet:
    if not lines:
        raise Refused("The file is empty. Its first line must name the columns.")
    _, first = lines[0]
    names = [column_name(cell) for cell in first]
    places = {name: place for place, name in enumerate(names) if name in columns}
    _refuse_wrong_columns(names, places, columns, required)
    sheet = Sheet(headers=list(places), warnings=_left_out(first, names, columns))
    order = list(places.values())
    for number, cells in lines[1:]:
        width = len(cells)
        if width > len(names):
            sheet.too_long.append(number)
            continue
        sheet.rows.append([cells[place] if place < width else None for place in order])
        sheet.lines.append(number)
    return sheet


def _refuse_wrong_columns(
    names: list[str],
    places: dict[str, int],
    columns: Collection[str],
    required: Collection[str],
) -> None:
    twice = sorted({name for name in places if names.count(name) > 1})
    if twice:
        raise Refused(f"The column {', '.join(twice)} is there twice. Keep one of them.")
    missing = [name for name in required if name not in places]
    if missing:
        raise Refused(
            f"The column {', '.join(missing)} is missing. The first line must name the columns; "
            f"known here are: {', '.join(columns)}."
        )


def _left_out(first: Sequence[Any], names: list[str], columns: Collection[str]) -> list[str]:
    unknown = [
        str(cell).strip() if name else f"number {place} (without a name)"
        for place, (cell, name) in enumerate(zip(first, names, strict=True), start=1)
        if name not in columns
    ]
    if not unknown:
        return []
    return [
        f"The column {', '.join(unknown)} is not known and was left out. "
        f"Known are: {', '.join(columns)}."
    ]
