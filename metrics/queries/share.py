"""The links by which a client reads its weekly goals, with the proof of what was shared when."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from clients.models import Client
from tasks.models import SharedWeek, ShareLink

LINKS, WEEKS = 5, 6


def links_of(client: Client, now: datetime) -> QuerySet[ShareLink]:
    """The last links made by a moment, each with the weeks shared by it, newest first."""
    weeks = SharedWeek.objects.filter(shared_at__lte=now).order_by("-week_starts_on")[:WEEKS]
    made = ShareLink.objects.filter(client=client, created_at__lte=now)
    return made.select_related("created_by").prefetch_related(
        Prefetch("weeks", queryset=weeks, to_attr="proof")
    )[:LINKS]
