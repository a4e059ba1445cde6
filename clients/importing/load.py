"""One file into the database: all of it, or nothing and the reasons, row by row."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from import_export.results import Result

from clients.importing.kind import Kind
from clients.importing.limits import Refused
from clients.importing.report import KEPT_REFUSALS, KEPT_SAMPLES, Refusal, Report, Sample
from clients.importing.resource import RowsResource
from clients.importing.sheet import Sheet, read_sheet
from clients.importing.words import short

FATES = {"new": "new", "update": "changed", "skip": "unchanged", "invalid": "refused"}


def load(
    kind: Kind,
    content: bytes,
    *,
    file_name: str,
    today: date,
    now: datetime,
    user: Any = None,
    dry_run: bool = False,
) -> Report:
    """What the file did, or with `dry_run` would do. Nothing is written if a row is refused."""
    report = Report(kind=kind.name, file_name=short(file_name, 120))
    try:
        sheet = read_sheet(content, kind.column_names, kind.required)
    except Refused as refused:
        report.refused = 1
        report.refusals = [Refusal(0, "", "", sentence) for sentence in refused.messages]
        return report
    resource = kind.resource(
        today=today, now=now, user=user, reason=f"Import of {file_name}", lines=sheet.lines
    )
    result = resource.import_data(
        tablib.Dataset(*sheet.rows, headers=sheet.headers),
        dry_run=dry_run or bool(sheet.too_long),
        use_transactions=True,
        rollback_on_validation_errors=True,
    )
    _raise_what_no_person_can_mend(result)
    _fill(report, sheet, resource, result)
    report.written = report.ok and not dry_run
    return report


def _raise_what_no_person_can_mend(result: Result) -> None:
    errors = [*result.base_errors, *(error for row in result.error_rows for error in row.errors)]
    if errors:
        raise errors[0].error


def _fill(report: Report, sheet: Sheet, resource: RowsResource, result: Result) -> None:
    wrong = {row.number for row in result.invalid_rows}
    fates = [
        "refused" if number in wrong else FATES[row.import_type]
        for number, row in enumerate(result.rows, start=1)
    ]
    report.new = fates.count("new")
    report.changed = fates.count("changed")
    report.duplicates = len(resource.duplicates)
    report.unchanged = fates.count("unchanged") - report.duplicates
    report.refused = len(wrong) + len(sheet.too_long)
    refusals = sorted(
        [*_too_long(sheet), *_refusals(sheet, result)], key=lambda refusal: refusal.line
    )
    report.refusals = refusals[:KEPT_REFUSALS]
    report.warnings = [*sheet.warnings, *resource.notes]
    if resource.duplicates:
        lines = ", ".join(str(line) for line in resource.duplicates[:10])
        more = ", …" if len(resource.duplicates) > 10 else ""
        report.warnings.append(f"Said twice, so counted once: line {lines}{more}.")
    if len(refusals) > KEPT_REFUSALS:
        report.warnings.append(f"Only the first {KEPT_REFUSALS:,} of {len(refusals):,} are listed.")
    report.headers = sheet.headers
    report.samples = [
        Sample(line, fate, [short(cell, 60) for cell in cells])
        for line, fate, cells in zip(
            sheet.lines[:KEPT_SAMPLES], fates, sheet.rows[:KEPT_SAMPLES], strict=False
        )
    ]


def _too_long(sheet: Sheet) -> Iterator[Refusal]:
    for line in sheet.too_long:
        yield Refusal(
            line,
            "",
            "",
            "There are more cells here than columns named in the first line. A text with the "
            "separator in it must stand in quotes.",
        )


def _refusals(sheet: Sheet, result: Result) -> Iterator[Refusal]:
    places = {name: place for place, name in enumerate(sheet.headers)}
    for row in result.invalid_rows:
        line, cells = sheet.lines[row.number - 1], sheet.rows[row.number - 1]
        for name, sentences in _by_column(row.error).items():
            column = name if name in places else ""
            value = short(cells[places[name]]) if column else ""
            for sentence in sentences:
                yield Refusal(line, column, value, sentence)


def _by_column(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        found: dict[str, list[str]] = error.message_dict
        return found
    return {NON_FIELD_ERRORS: error.messages}
