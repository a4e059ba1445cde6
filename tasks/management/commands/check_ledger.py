from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from tasks.ledger import guard, rebuilding


class Command(BaseCommand):
    help = (
        "Work out how every promise stands from its events and from what Asana shows, and say "
        "where that differs from what is kept. Ends with 1 when something differs or the "
        "database does not guard the ledger."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="put right what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["mend"]:
            guard.install(connection)
            self.stdout.write(f"{rebuilding.mend()} standings were put right.")
            return
        wrong = [kept for kept, _ in rebuilding.differing()]
        for kept in wrong[:20]:
            self.stdout.write(f"Differs: {kept.promise_id} {kept.promise}")
        if wrong:
            raise CommandError(f"{len(wrong)} standings are not what the ledger says: --mend.")
        if not guard.is_installed(connection):
            raise CommandError("The database does not guard the ledger: --mend.")
        self.stdout.write("Every promise stands as the ledger says, and the database guards it.")
