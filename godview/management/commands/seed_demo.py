import os
import secrets
import time
from argparse import ArgumentParser
from datetime import date, datetime
from datetime import time as clock
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from kombu.exceptions import OperationalError

from clients.models import Client, Staff, User
from godview.demo.agency import DemoAgency
from godview.demo.asana import WHAT_TO_DO, Double, NoDoubleError, find_double
from godview.demo.logins import LOGINS, is_demo
from godview.demo.seed import Seeding
from godview.jobs import SECONDS_BETWEEN, play_demo
from tasks.jobs import sync_all_connections

AN_AFTERNOON = clock(14, 32)


class Command(BaseCommand):
    help = "Make a believable demo agency in an empty database, the way real data comes in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clients", type=int, default=160, help="how many are served today")
        parser.add_argument("--months", type=int, default=36, help="how long the story is")
        parser.add_argument("--seed", type=int, default=1, help="another number, other dice")
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the story's last day (default: today)"
        )
        parser.add_argument(
            "--without-asana", action="store_true", help="no tasks, and no Asana double needed"
        )

        parser.add_argument(
            "--play",
            action="store_true",
            help="let its people move and redo tasks as soon as a worker has read them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if is_demo():
            self.stdout.write("The demo agency is there already; nothing was changed.")
            return
        self._refuse_nonsense(options)
        double = None if options["without_asana"] else self._double()
        began = time.monotonic()
        today = options["today"] or timezone.localdate()
        agency = DemoAgency(options["clients"], options["months"], options["seed"], today)
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
        Seeding(agency, self._now(options["today"]), self.stdout.write).enter(password, double)
        if double is not None:
            self._ask_for_a_sync(play=options["play"])
        took = time.monotonic() - began
        self.stdout.write(f"The demo agency of {today} is there after {took:.1f} s. Sign in as:")
        for email, what in LOGINS.items():
            self.stdout.write(f"  {email:<24}{what}")
        if "DEMO_PASSWORD" not in os.environ:
            self.stdout.write(f"  Password of all: {password}")

    def _refuse_nonsense(self, options: dict[str, Any]) -> None:
        if Client.objects.exists() or Staff.objects.exists() or User.objects.exists():
            raise CommandError(
                "This database holds something else than the demo and was left as it is. "
                "Make the demo in an empty one."
            )
        if not 5 <= options["clients"] <= 5_000 or not 3 <= options["months"] <= 120:
            raise CommandError("The demo takes 5 to 5,000 clients and 3 to 120 months.")

    def _double(self) -> Double:
        try:
            return find_double()
        except NoDoubleError as error:
            raise CommandError(WHAT_TO_DO.format(address=settings.ASANA_BASE_URL)) from error

    def _now(self, today: date | None) -> datetime:
        if today is None:
            return timezone.now()
        zone = timezone.get_default_timezone()
        return timezone.make_aware(datetime.combine(today, AN_AFTERNOON), zone)

    def _ask_for_a_sync(self, play: bool) -> None:
        try:
            sync_all_connections.delay()
            if play:
                play_demo.apply_async(countdown=SECONDS_BETWEEN)
        except OperationalError:
            self.stdout.write("No broker answers: the first sync comes when the worker runs.")
