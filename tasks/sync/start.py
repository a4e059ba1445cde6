"""What runs work with: a way into Asana on the budget of its connection, clocks, places."""

from collections.abc import Callable
from datetime import datetime

import redis
import structlog
from django.conf import settings
from django.utils import timezone

from tasks.asana.budget import SharedBudget
from tasks.asana.client import AsanaClient, RetryPolicy
from tasks.asana.errors import AsanaError, AsanaUnavailable, UnauthorizedError
from tasks.models import AsanaConnection
from tasks.sync import tokens
from tasks.sync.run import Means

log = structlog.get_logger(__name__)

READERS = 8
QUICK_TRIES = 2


def usual_means(now: Callable[[], datetime] = timezone.now) -> Means:
    def client(connection: AsanaConnection) -> AsanaClient:
        return client_for(tokens.current(connection, now()), connection, now)

    return Means(client=client, now=now, zone=timezone.get_default_timezone(), readers=READERS)


def quick_means(now: Callable[[], datetime] = timezone.now) -> Means:
    """For work that takes seconds: few tries here, the next ones in a job of their own."""

    def client(connection: AsanaConnection) -> AsanaClient:
        return client_for(tokens.current(connection, now()), connection, now, tries=QUICK_TRIES)

    return Means(client=client, now=now, zone=timezone.get_default_timezone(), readers=READERS)


def each_working(
    deed: Callable[[AsanaConnection, AsanaClient, Means], object],
    means: Means | None = None,
) -> None:
    """Do it for every connection that works; what fails for one is logged, and tried next time."""
    means = means or quick_means()
    for connection in AsanaConnection.objects.working():
        try:
            deed(connection, means.client(connection), means)
        except UnauthorizedError as error:
            connection.stop(str(error))
        except (AsanaError, AsanaUnavailable) as error:
            log.warning("asana_not_asked", connection=connection.pk, reason=str(error))


def client_for(
    token: str,
    connection: AsanaConnection | None,
    now: Callable[[], datetime],
    tries: int | None = None,
) -> AsanaClient:
    """A way into Asana with this token, on the budget of its connection.

    Without a connection a person waits for the answer: two tries, ten seconds each.
    """
    broker = redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=1.0, socket_timeout=1.0
    )
    per_minute, patience = settings.ASANA_REQUESTS_PER_MINUTE, 10
    if connection is not None:
        per_minute = connection.requests_per_minute
        tries, patience = tries or settings.ASANA_TRIES, settings.ASANA_TIMEOUT_SECONDS
    budget = SharedBudget(broker, str(connection.pk if connection else "new"), per_minute)
    return AsanaClient(
        settings.ASANA_BASE_URL,
        token,
        budget,
        now=now,
        retries=RetryPolicy(tries=tries or QUICK_TRIES, base=settings.ASANA_RETRY_SECONDS),
        timeout=(5, patience),
        connections=READERS,
        renew=tokens.renewer(connection, now) if connection else None,
    )
