"""Ask for a read of Asana from a page, whether the broker is there or not."""

import structlog
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from tasks.jobs import run_sync
from tasks.models import AsanaConnection
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
