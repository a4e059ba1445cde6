"""The ledger looks at what a drain or a sweep has changed, without waiting for the next run."""

from django.core.cache import cache

from tasks.asana.client import AsanaClient
from tasks.ledger import reckoning
from tasks.models import AsanaConnection
from tasks.sync.run import Means
from tasks.sync.witness import StoryWitness

SECONDS = 60


def reckon_soon(connection: AsanaConnection, client: AsanaClient, means: Means) -> None:
    """Let the ledger look; one worker at a time, and what is left out the next run sees."""
    key = f"asana:reckoning:{connection.pk}"
    if cache.add(key, 1, timeout=SECONDS):
        try:
            reckoning.reckon(connection, means.now(), StoryWitness(client))
        finally:
            cache.delete(key)
