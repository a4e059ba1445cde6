"""What the worker does for us; Celery calls these by name."""

from celery import shared_task
from django.utils import timezone

from clients.sign_ins import close_sign_ins_of_the_departed


@shared_task
def close_sign_ins() -> int:
    """They see nothing from their last day on; this also shuts the door."""
    return close_sign_ins_of_the_departed(timezone.localdate())
