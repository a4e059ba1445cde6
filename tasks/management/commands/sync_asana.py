import os
import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from tasks.connecting import connect
from tasks.jobs import run_sync
from tasks.models import AsanaConnection, SyncRun
from tasks.sync.asking import ask_for_run
from tasks.sync.run import work_on
from tasks.sync.start import usual_means

LOOK_EVERY_SECONDS = 0.25


class Command(BaseCommand):
    help = (
        "Read Asana now and show how far it is. Ends with 0 when everything was read, 2 when some "
        "projects could not be read, and 1 when nothing could."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--connection", type=int, help="only this one, by its number")
        parser.add_argument(
            "--full", action="store_true", help="list everything, not only what changed"
        )
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--inline", action="store_true", help="read in this process (default)")
        where.add_argument("--wait", action="store_true", help="let a worker read, and watch it")

    def handle(self, *args: Any, **options: Any) -> None:
        runs = []
        for connection in _connections(options["connection"]):
            run = ask_for_run(connection, timezone.now(), full=options["full"])
            with Bar(run) as bar:
                if options["wait"]:
                    run_sync.delay(run.pk)
                else:
                    self._work(run, bar)
                bar.watch()
            self._report(run)
            runs.append(run)
        failed = [run for run in runs if run.state != SyncRun.State.DONE]
        if failed:
            worst = any(run.state == SyncRun.State.FAILED for run in failed)
            raise CommandError("Not everything was read.", returncode=1 if worst else 2)

    def _work(self, run: SyncRun, bar: "Bar") -> None:
        means = usual_means()
        means.on_progress = lambda run: bar.show()
        outcome = work_on(run.pk, means)
        while outcome.go_on_in is not None:
            time.sleep(outcome.go_on_in)
            outcome = work_on(run.pk, means)

    def _report(self, run: SyncRun) -> None:
        run.refresh_from_db()
        self.stdout.write(
            f"{run.connection}: {run.get_state_display().lower()}; {run.tasks_seen} tasks seen, "
            f"{run.tasks_written} written, {run.requests} requests ({run.refusals} refused), "
            f"{run.seconds_worked:.1f} s"
        )
        if run.reason:
            self.stdout.write(f"  {run.reason}")
        for problem in run.problems:
            self.stdout.write(f"  {problem['project']}: {problem['reason']}")


class Bar:
    """The run's row as a progress bar."""

    def __init__(self, run: SyncRun) -> None:
        self._run = run
        self._shown_at = 0.0

    def __enter__(self) -> "Bar":
        self._bar = tqdm(unit="project", dynamic_ncols=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def show(self) -> None:
        if time.monotonic() - self._shown_at < LOOK_EVERY_SECONDS:
            return
        self._shown_at = time.monotonic()
        self._run.refresh_from_db()
        run = self._run
        self._bar.set_description(run.get_phase_display(), refresh=False)
        self._bar.set_postfix(
            tasks=run.tasks_seen, requests=run.requests, refused=run.refusals, refresh=False
        )
        self._bar.total, self._bar.n = run.units_total, run.units_done
        self._bar.refresh()

    def watch(self) -> None:
        """Until the run is over, whoever works on it."""
        self._run.refresh_from_db()
        while not self._run.is_finished:
            time.sleep(LOOK_EVERY_SECONDS)
            self.show()


def _connections(number: int | None) -> list[AsanaConnection]:
    _take_token_from_environment()
    found = AsanaConnection.objects.all()
    if number is not None:
        found = found.filter(pk=number)
    if not found:
        raise CommandError(
            "There is no such connection."
            if number is not None
            else "Asana is not connected: run manage.py connect_asana, or set ASANA_ACCESS_TOKEN."
        )
    return list(found)


def _take_token_from_environment() -> None:
    """A token that is in the environment and not stored yet makes or renews the connection."""
    token = os.environ.get("ASANA_ACCESS_TOKEN", "").strip()
    stored = AsanaConnection.objects.working()
    if not token or any(connection.token.reveal() == token for connection in stored):
        return
    try:
        connect(token=token, now=timezone.now)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
