from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clients.importing.load import load
from clients.importing.report import Report
from godview.importing.registry import KINDS

SHOWN = 100


class Command(BaseCommand):
    help = "Import a CSV or XLSX file of one kind: all of its rows, or none and the reasons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        report = load(
            KINDS[options["kind"]],
            content,
            file_name=file.name,
            today=timezone.localdate(),
            now=timezone.now(),
            dry_run=options["dry_run"],
        )
        self.tell(report)

    def tell(self, report: Report) -> None:
        for warning in report.warnings:
            self.stderr.write(f"{report.file_name}: {warning}")
        if not report.ok:
            for refusal in report.refusals[:SHOWN]:
                self.stderr.write(f"{report.file_name}, {refusal}")
            if len(report.refusals) > SHOWN:
                self.stderr.write(f"... and {len(report.refusals) - SHOWN:,} more.")
            raise CommandError(f"{report.kind}, {report.summary()}. Nothing was written.")
        done = "" if report.written else " A dry run: nothing was written."
        self.stdout.write(f"{report.kind}, {report.summary()}.{done}")
