"""The Celery application of workers and pages; each app keeps its jobs in `jobs.py`."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_before_create_process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "godview.settings")

app = Celery("godview")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")


@worker_before_create_process.connect
def share_memory(**kwargs: Any) -> None:
    """What is loaded before the worker makes copies of itself is left alone, and so shared."""
    gc.collect()
    gc.freeze()
