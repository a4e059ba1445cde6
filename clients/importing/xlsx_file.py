import io
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from clients.importing.limits import MAX_LINES, Line, Refused
from godview.translating.later import later

UNPACKED_BYTES = 100 * 1024 * 1024
UNPACKED_TEXTS = 30 * 1024 * 1024
UNPACKED_RATIO = 20
SMALL = 5 * 1024 * 1024
UNREADABLE = later("This is not a spreadsheet that can be read. Save it as .xlsx or as CSV UTF-8.")


def xlsx_lines(content: bytes, warnings: list[str]) -> Iterator[Line]:
    """The lines of a workbook's first sheet, read one by one; a formula is text, never run."""
    try:
        _refuse_a_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Refused:
        raise
    except Exception as error:  # on a damaged file, openpyxl raises whatever its parts do
        raise Refused(UNREADABLE) from error
    if not sheets:
        raise Refused(_("The workbook has no sheet that can be seen."))
    sheet = sheets[0]
    if len(sheets) > 1:
        warnings.append(
            _("Only the first sheet, “%(sheet_title)s”, was read.") % {"sheet_title": sheet.title}
        )
    yield from _cells(sheet, warnings)
    book.close()


def _cells(sheet: Any, warnings: list[str]) -> Iterator[Line]:
    sheet.reset_dimensions()  # what a file says about its size may be wrong
    formulas = 0
    rows = sheet.iter_rows(max_row=MAX_LINES, values_only=True)
    try:
        for number, cells in enumerate(rows, start=1):
            formulas += sum(isinstance(cell, str) and cell.startswith("=") for cell in cells)
            yield number, cells
    except Refused:
        raise
    except Exception as error:
        raise Refused(UNREADABLE) from error
    if formulas:
        warnings.append(
            _(
                "%(formulas)s cells hold a formula, which is taken as text. Paste the "
                "values instead if you meant the results."
            )
            % {"formulas": formulas}
        )


def _refuse_a_bomb(content: bytes) -> None:
    """A small file may unpack to gigabytes: what it says about itself is checked first.

    The unpacker never gives out more than was said, so a lie ends as a damaged file.
    """
    parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    unpacked = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    too_dense = unpacked > SMALL and unpacked > UNPACKED_RATIO * len(content)
    if unpacked > UNPACKED_BYTES or texts > UNPACKED_TEXTS or too_dense or len(parts) > 1000:
        raise Refused(
            _("The workbook unpacks to far more than it weighs. Save the sheet as CSV instead.")
        )
