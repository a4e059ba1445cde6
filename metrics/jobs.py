"""Celery entrances of the numbers."""

from typing import Any

from celery import shared_task

from metrics.dashboards.survival.estimate import answer
from metrics.dashboards.survival.kept import keep


@shared_task(ignore_result=True, soft_time_limit=60)
def estimate_survival(asked: dict[str, Any]) -> None:
    """The only place where numpy and scipy are loaded for a page."""
    keep(asked, answer(asked))
