"""From a sent file to imported rows: matched and looked at first, imported once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from clients.importing.load import load
from clients.importing.report import Report
from clients.importing.words import short
from clients.models import Upload
from godview.importing.matching import Matching, matched
from godview.importing.registry import KINDS
from godview.importing.remembering import remember


def receive(
    *, kind: str, file_name: str, content: bytes, user: Any, today: date, now: datetime
) -> Upload:
    """Keep the file, our guess of its columns, and what importing it would do.

    Forgotten files of others go.
    """
    Upload.objects.forgotten_at(now).delete()
    upload = Upload(
        kind=kind,
        file_name=short(file_name, 120),
        content=content,
        uploaded_by=user,
        uploaded_at=now,
    )
    if matching := matched(KINDS[kind], content):
        matching.keep(upload)
    look_again(upload=upload, today=today, now=now)
    return upload


def match(*, upload: Upload, places: Mapping[str, int], today: date, now: datetime) -> None:
    """A person has said which column is which."""
    matching = Matching.of(upload)
    if matching is None:
        raise TypeError("A file that cannot be read has no columns.")
    matching.places = dict(places)
    matching.keep(upload)
    look_again(upload=upload, today=today, now=now)


def look_again(*, upload: Upload, today: date, now: datetime) -> None:
    told = {"today": today, "now": now, "user": upload.uploaded_by, "dry_run": True}
    _keep(upload, _load(upload, **told))
    upload.save()


@transaction.atomic
def import_now(
    *, upload: Upload, user: Any, today: date, now: datetime, without_bad_rows: bool = False
) -> Upload:
    """Import what was looked at. A second time, as by a double click, changes nothing."""
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    if row.imported_at is not None:
        return row
    told = {"today": today, "now": now, "user": user, "without_bad_rows": without_bad_rows}
    report = _load(row, **told)
    _keep(row, report)
    if report.written:
        row.imported_at, row.content = now, b""
        remember(row, user=user, now=now)
    row.save()
    return row


def report_of(upload: Upload) -> Report:
    return Report.from_json(upload.report)


def _load(upload: Upload, **told: Any) -> Report:
    """By the chosen columns; one without a guess is left to say what it needs itself."""
    kind, matching = KINDS[upload.kind], Matching.of(upload)
    complete = matching is not None and set(kind.required) <= set(matching.places)
    places = matching.places if matching and complete else None
    return load(kind, bytes(upload.content), file_name=upload.file_name, places=places, **told)


def _keep(upload: Upload, report: Report) -> None:
    matching = Matching.of(upload)
    upload.report = report.to_json()
    if matching:
        matching.keep(upload)
