"""Ask for a read of Asana, or for a write, from a page, whether the broker is there or not."""

import structlog
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from tasks.jobs import run_sync, send_write
from tasks.models import AsanaConnection, TaskWrite
from tasks.sync.asking import ask_for_run

log = structlog.get_logger(__name__)


def read_soon(connection: AsanaConnection, *, full: bool) -> None:
    run = ask_for_run(connection, timezone.now(), full=full)
    transaction.on_commit(lambda: nudge(run.pk))


def nudge(run_id: int) -> None:
    """Without a broker the run is not lost: it is taken up as soon as one is back."""
    try:
        run_sync.delay(run_id)
    except OperationalError:
        log.warning("broker_unreachable", run=run_id)


def send_soon(write: TaskWrite) -> None:
    """Without a broker it waits in the table, and goes with the next round of the clock."""
    transaction.on_commit(lambda: _send(write.pk))


def _send(write_id: int) -> None:
    try:
        send_write.delay(write_id)
    except OperationalError:
        log.warning("broker_unreachable", write=write_id)
