import getpass
import os
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tasks.connecting import connect


class Command(BaseCommand):
    help = (
        "Connect an Asana workspace, or give a connected one a new token. The token is read from "
        "ASANA_ACCESS_TOKEN, or from the standard input; never from the command line, where "
        "others could see it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", default="", help="its gid, if the token reaches several")
        parser.add_argument(
            "--requests-per-minute",
            type=int,
            help="what the plan allows: 150 (free), 1500 (paid), 0 (no limit)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            connection = connect(
                token=os.environ.get("ASANA_ACCESS_TOKEN") or _typed(),
                now=timezone.now,
                workspace_gid=options["workspace"],
                requests_per_minute=options["requests_per_minute"],
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"Connected to {connection.workspace_name} as {connection.acts_as} "
            f"(connection {connection.pk}). Read it with: manage.py sync_asana"
        )


def _typed() -> str:
    return getpass.getpass("Asana token: ") if sys.stdin.isatty() else sys.stdin.readline()
