from celery import shared_task

from godview import heartbeat


@shared_task
def beat() -> None:
    """Sent by beat through the broker to a worker: its mark proves that all three are alive."""
    heartbeat.mark()
