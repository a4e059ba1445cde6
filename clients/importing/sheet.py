"""A file that somebody uploaded, as rows of cells with their line numbers."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.utils.translation import gettext as _

from clients.importing.csv_file import csv_lines
from clients.importing.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Line, Refused
from clients.importing.words import column_name
from clients.importing.xlsx_file import xlsx_lines
from godview.templatetags.display import number


@dataclass
class Sheet:
    """The known columns of a file, in the file's order; empty lines are gone."""

    headers: list[str]
    rows: list[list[Any]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    too_long: list[int] = field(default_factory=list)
    """Lines with more cells than the first line names columns."""

    def without(self, bad: Collection[int]) -> Self:
        """The same sheet without some lines."""
        kept = [place for place, line in enumerate(self.lines) if line not in bad]
        rows, lines = [self.rows[p] for p in kept], [self.lines[p] for p in kept]
        return replace(self, rows=rows, lines=lines, too_long=[])


def read_sheet(
    content: bytes,
    columns: Collection[str],
    required: Collection[str],
    places: Mapping[str, int] | None = None,
) -> Sheet:
    """Raises Refused, with a sentence, for a file that is no table of these columns.

    `places` says which column of the file is which of ours, whatever the first line calls it.
    """
    lines, warnings = _lines_of(content, columns)
    sheet = _table(lines, columns, required, places)
    sheet.warnings[:0] = warnings
    return sheet


def first_lines(content: bytes, columns: Collection[str], count: int) -> list[Sequence[Any]]:
    """The line that names the columns, and the next few. Raises Refused like `read_sheet`."""
    lines, _warnings = _lines_of(content, columns)
    return [cells for _number, cells in lines[:count]]


def _lines_of(content: bytes, columns: Collection[str]) -> tuple[list[Line], list[str]]:
    if not content.strip(b"\0 \r\n\t"):
        raise Refused(_("The file is empty. Its first line must name the columns."))
    if len(content) > MAX_BYTES:
        raise Refused(_("The file is larger than 10 MB. Split it into several."))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(_("This is an old Excel file (.xls). Save it as .xlsx or as CSV."))
    warnings: list[str] = []
    is_workbook = content.startswith(b"PK")
    lines = xlsx_lines(content, warnings) if is_workbook else csv_lines(content, columns, warnings)
    found = list(_up_to_the_limit(lines))
    if not found:
        raise Refused(_("The file is empty. Its first line must name the columns."))
    return found, warnings


def _up_to_the_limit(lines: Iterable[Line]) -> Iterator[Line]:
    count = 0
    for line, cells in lines:
        cells = _without_empty_end(cells) if len(cells) < 20 * MAX_COLUMNS else cells
        if not cells:
            continue
        if len(cells) > MAX_COLUMNS:
            raise Refused(
                _("Line %(number)s has more than %(max_columns)s columns.")
                % {"number": line, "max_columns": MAX_COLUMNS}
            )
        if count > MAX_ROWS:
            raise Refused(
                _("The file has more than %(max_rows)s rows. Split it into several.")
                % {"max_rows": number(MAX_ROWS)}
            )
        count += 1
        yield line, cells


def _without_empty_end(cells: Sequence[Any]) -> Sequence[Any]:
    end = len(cells)
    while end and (cells[end - 1] is None or str(cells[end - 1]).strip() == ""):
        end -= 1
    return cells[:end]


def _table(
    lines: list[Line],
    columns: Collection[str],
    required: Collection[str],
    chosen: Mapping[str, int] | None,
) -> Sheet:
    first = lines[0][1]
    names = [column_name(cell) for cell in first]
    if chosen is None:
        places = {name: place for place, name in enumerate(names) if name in columns}
        _refuse_wrong_columns(names, places, columns, required)
        warnings = _left_out(first, names, columns)
    else:
        places, warnings = {name: chosen[name] for name in columns if name in chosen}, []
    sheet = Sheet(headers=list(places), warnings=warnings)
    order = list(places.values())
    for line, cells in lines[1:]:
        width = len(cells)
        if width > len(names):
            sheet.too_long.append(line)
            continue
        sheet.rows.append([cells[place] if place < width else None for place in order])
        sheet.lines.append(line)
    return sheet


def _refuse_wrong_columns(
    names: list[str],
    places: dict[str, int],
    columns: Collection[str],
    required: Collection[str],
) -> None:
    twice = sorted({name for name in places if names.count(name) > 1})
    if twice:
        raise Refused(
            _("The column %(join_twice)s is there twice. Keep one of them.")
            % {"join_twice": ", ".join(twice)}
        )
    missing = [name for name in required if name not in places]
    if missing:
        raise Refused(
            _(
                "The column %(join_missing)s is missing. The first line must name the "
                "columns; known here are: %(join_columns)s."
            )
            % {"join_missing": ", ".join(missing), "join_columns": ", ".join(columns)}
        )


def _left_out(first: Sequence[Any], names: list[str], columns: Collection[str]) -> list[str]:
    unknown = [
        str(cell).strip() if name else (_("number %(place)s (without a name)") % {"place": place})
        for place, (cell, name) in enumerate(zip(first, names, strict=True), start=1)
        if name not in columns
    ]
    if not unknown:
        return []
    return [
        (
            _(
                "The column %(join_unknown)s is not known and was left out. Known are: "
                "%(join_columns)s."
            )
            % {"join_unknown": ", ".join(unknown), "join_columns": ", ".join(columns)}
        )
    ]
