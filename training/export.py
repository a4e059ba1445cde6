"""The training matrix as a CSV file that a spreadsheet opens without running anything in it."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from training.curriculum import Line
from training.matrix import Matrix, Row

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def matrix_csv(matrix: Matrix) -> str:
    """One row per person as on the page; ISO dates, raw numbers, and nothing that is a formula."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([harmless(title) for title in _header(matrix)])
    for row in matrix.rows:
        writer.writerow([harmless(value) for value in _row(matrix, row)])
    return BYTE_ORDER_MARK + file.getvalue()


def harmless(value: Any) -> str:
    """Text that begins like a formula gets an apostrophe in front; dates are written as ISO."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _header(matrix: Matrix) -> Iterator[str]:
    yield from ("As of", "Person", "Role", "Department", "Passed", "Due", "Overdue", "Mean score")
    for module in matrix.modules:
        for what in ("state", "score", "due on", "passed on", "expires on"):
            yield f"{module.title}: {what}"


def _row(matrix: Matrix, row: Row) -> Iterator[Any]:
    tally = row.tally
    yield from (matrix.day, row.staff.name, row.staff.get_role_display(), row.staff.department)
    yield from (tally.passed, tally.due, tally.overdue)
    yield None if tally.mean_score is None else round(tally.mean_score, 2)
    for cell in row.cells:
        yield from _cell(cell)


def _cell(cell: Line | None) -> tuple[Any, ...]:
    if cell is None:
        return (None,) * 5
    found = cell.standing
    return (cell.word, found.score, found.due_on, found.passed_on, found.expires_on)
