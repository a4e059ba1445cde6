"""Files to import, written in the tests as people would write them."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from openpyxl import Workbook

from clients.importing.kind import Kind
from clients.importing.load import load
from clients.importing.report import Report

TODAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 13, 32, tzinfo=UTC)


def imported(kind: Kind, file: str | bytes, **options: Any) -> Report:
    """Import a file; leading spaces of its lines are only the test's own indentation."""
    if isinstance(file, str):
        lines = (line.strip() for line in file.strip().splitlines())
        file = "\n".join(lines).encode()
    options = {"file_name": "file.csv", "today": TODAY, "now": NOW, **options}
    return load(kind, file, **options)


def workbook(*rows: Sequence[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def sentences(report: Report) -> list[str]:
    return [str(refusal) for refusal in report.refusals]
