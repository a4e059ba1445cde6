"""From a sent file to imported rows: looked at first, imported once."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from clients.importing.load import load
from clients.importing.report import Report
from clients.models import Upload
from godview.importing.registry import KINDS


def receive(
    *, kind: str, file_name: str, content: bytes, user: Any, today: date, now: datetime
) -> Upload:
    """Keep the file, and what importing it would do. Forgotten files of others go."""
    Upload.objects.forgotten_at(now).delete()
    report = load(
        KINDS[kind], content, file_name=file_name, today=today, now=now, user=user, dry_run=True
    )
    return Upload.objects.create(
        kind=kind,
        file_name=report.file_name,
        content=content,
        uploaded_by=user,
        uploaded_at=now,
        report=report.to_json(),
    )


@transaction.atomic
def import_now(*, upload: Upload, user: Any, today: date, now: datetime) -> Upload:
    """Import what was looked at. A second time, as by a double click, changes nothing."""
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    if row.imported_at is not None:
        return row
    report = load(
        KINDS[row.kind],
        bytes(row.content),
        file_name=row.file_name,
        today=today,
        now=now,
        user=user,
    )
    row.report = report.to_json()
    if report.written:
        row.imported_at, row.content = now, b""
    row.save()
    return row


def report_of(upload: Upload) -> Report:
    return Report.from_json(upload.report)
