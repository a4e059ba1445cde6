from typing import Any

from celery import shared_task
from django.utils import timezone

from godview import heartbeat
from godview.demo_there import has_demo

SECONDS_BETWEEN, PATIENCE = 3, 60


@shared_task
def beat() -> None:
    """Sent by beat through the broker to a worker: its mark proves that all three are alive."""
    heartbeat.mark()


@shared_task(bind=True, max_retries=PATIENCE)
def play_demo(self: Any) -> None:
    """Once the demo's work has been read: what became of its promises since, and whether the
    warnings of its past were right."""
    from godview.demo.asana import find_double
    from godview.demo.play import Play
    from metrics.jobs import replay_warning_scores
    from tasks.sync.nudging import doorbell

    if not has_demo():
        return  # it was removed before it was played
    play = Play(find_double(), timezone.now())
    if not play.is_ready():
        raise self.retry(countdown=SECONDS_BETWEEN)
    for project in play.play():
        doorbell.ring(project)
    replay_warning_scores.delay(timezone.localdate().isoformat())
