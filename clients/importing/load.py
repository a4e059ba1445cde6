"""One file into the database: all of it, or nothing and the reasons, row by row."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from import_export.results import Result

from clients.importing.kind import Kind
from clients.importing.limits import Refused
from clients.importing.report import KEPT_REFUSALS, KEPT_SAMPLES, Refusal, Report, Sample
from clients.importing.resource import RowsResource
from clients.importing.sheet import Sheet, read_sheet
from clients.importing.words import short
from godview.templatetags.display import number

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
    places: Mapping[str, int] | None = None,
    without_bad_rows: bool = False,
) -> Report:
    """What the file did, or with `dry_run` would do. Nothing is written if a row is refused.

    `places` says which column of the file is which of ours. With `without_bad_rows` the rows that
    are right come in, and the others are only listed.
    """
    report = Report(kind=kind.name, file_name=short(file_name, 120))
    try:
        sheet = read_sheet(content, kind.column_names, kind.required, places)
    except Refused as refused:
        report.refused = 1
        report.refusals = [Refusal(0, "", "", sentence) for sentence in refused.messages]
        return report

    def attempt(sheet: Sheet, dry_run: bool) -> tuple[RowsResource, Result]:
        resource = kind.resource(
            today=today, now=now, user=user, reason=reason_for(file_name), lines=sheet.lines
        )
        result = resource.import_data(
            tablib.Dataset(*sheet.rows, headers=sheet.headers),
            dry_run=dry_run,
            use_transactions=True,
            rollback_on_validation_errors=True,
        )
        _raise_what_no_person_can_mend(result)
        return resource, result

    refusals, bad = list(_too_long(sheet)), set(sheet.too_long)
    resource, result = attempt(sheet, dry_run or bool(bad))
    while without_bad_rows and (bad or result.invalid_rows) and sheet.rows:
        refusals += _refusals(sheet, result)
        bad |= {sheet.lines[row.number - 1] for row in result.invalid_rows}
        sheet = sheet.without(bad)
        resource, result = attempt(sheet, dry_run)
        if not result.invalid_rows:
            break
    _fill(report, sheet, resource, result, [*refusals, *_refusals(sheet, result)])
    report.refused += len(bad)
    report.written = not dry_run and (report.ok or (without_bad_rows and bool(sheet.rows)))
    return report


def reason_for(file_name: str) -> str:
    """What the history says about every row that a file brought."""
    return f"Import of {file_name}"[:100]


def _raise_what_no_person_can_mend(result: Result) -> None:
    errors = [*result.base_errors, *(error for row in result.error_rows for error in row.errors)]
    if errors:
        raise errors[0].error


def _fill(
    report: Report,
    sheet: Sheet,
    resource: RowsResource,
    result: Result,
    refusals: list[Refusal],
) -> None:
    wrong = {row.number for row in result.invalid_rows}
    fates = [
        "refused" if number in wrong else FATES[row.import_type]
        for number, row in enumerate(result.rows, start=1)
    ]
    report.new = fates.count("new")
    report.changed = fates.count("changed")
    report.duplicates = len(resource.duplicates)
    report.unchanged = fates.count("unchanged") - report.duplicates
    report.refused = len(wrong)
    refusals.sort(key=lambda refusal: refusal.line)
    report.refusals = refusals[:KEPT_REFUSALS]
    report.warnings = [*sheet.warnings, *resource.notes]
    if resource.duplicates:
        lines = ", ".join(str(line) for line in resource.duplicates[:10])
        lines += ", …" if len(resource.duplicates) > 10 else ""
        report.warnings.append(_("Said twice, so counted once: line %(lines)s.") % {"lines": lines})
    if len(refusals) > KEPT_REFUSALS:
        report.warnings.append(
            _("Only the first %(kept_refusals)s of %(refusals)s are listed.")
            % {"kept_refusals": number(KEPT_REFUSALS), "refusals": number(len(refusals))}
        )
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
            _(
                "There are more cells here than columns named in the first line. A text with the "
                "separator in it must stand in quotes."
            ),
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
