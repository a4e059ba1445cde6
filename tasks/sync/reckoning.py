"""The ledger looks at what a drain or a sweep has changed, without waiting for the next run."""

from django.core.cache import cache

from tasks.asana.client import AsanaClient
from tasks.ledger import reckoning
from tasks.models import AsanaConnection
from tasks.sync.run import Means
from tasks.sync.witness import StoryWitness

SECONDS = 60


def reckon_soon(connection: AsanaConnection, client: AsanaClient, means: Means) -> None:
    """Let the ledger look; one worker at a time, who looks again for those that came meanwhile."""
    wanted, busy = (f"asana:reckoning:{connection.pk}:{word}" for word in ("wanted", "busy"))
    cache.set(wanted, 1, timeout=None)
    while cache.get(wanted) and cache.add(busy, 1, timeout=SECONDS):
        try:
            while cache.delete(wanted):
                reckoning.reckon(connection, means.now(), StoryWitness(client))
        finally:
            cache.delete(busy)
