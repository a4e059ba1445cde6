"""Beat: `celery -A godview.beat beat`. It only names jobs, so it loads no apps: half the memory."""

import logging
import logging.config
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.signals import beat_init, setup_logging
from kombu.exceptions import OperationalError

from godview import settings

app = Celery("godview", fixups=[])
app.config_from_object(settings, namespace="CELERY")


@setup_logging.connect
def log_like_the_others(**kwargs: Any) -> None:
    logging.config.dictConfig(settings.LOGGING)


@beat_init.connect
def begin_at_once(**kwargs: Any) -> None:
    """Beat would let a whole interval pass before its first round: after a start nobody waits."""
    for entry in app.conf.beat_schedule.values():
        if isinstance(entry["schedule"], timedelta):
            try:
                app.send_task(entry["task"], **entry.get("options", {}))
            except OperationalError as error:
                logging.getLogger(__name__).warning("The broker does not answer: %s", error)
