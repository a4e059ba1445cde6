from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from godview.translating.catalogues import update

SHOWN = 20


class Command(BaseCommand):
    help = "Bring the catalogues in locale/ in step with the source, compile them, say what misses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--strict", action="store_true", help="fail where something is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for one in update():
            self.stdout.write(
                f"{one.language}: {one.texts} texts, {len(one.missing)} not translated"
            )
            for text in (*one.missing[:SHOWN], *one.wrong):
                self.stdout.write(f"  {text}")
            faults += len(one.missing) + len(one.wrong)
        if options["strict"] and faults:
            raise CommandError(f"{faults} texts are missing or wrong.")
