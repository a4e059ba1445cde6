"""The Celery application; each app keeps its jobs in `jobs.py`."""

import gc
import logging
import os
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_before_create_process
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "godview.settings")

app = Celery("godview")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")


@worker_before_create_process.connect
def share_memory(**kwargs: Any) -> None:
    """What is loaded before the worker makes copies of itself is left alone, and so shared."""
    gc.collect()
    gc.freeze()


@beat_init.connect
def begin_at_once(**kwargs: Any) -> None:
    """Beat would let a whole interval pass before its first round: after a start nobody waits."""
    for entry in app.conf.beat_schedule.values():
        if isinstance(entry["schedule"], timedelta):
            try:
                app.send_task(entry["task"], **entry.get("options", {}))
            except OperationalError as error:
                logging.getLogger(__name__).warning("The broker does not answer: %s", error)
