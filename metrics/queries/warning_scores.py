"""The early-warning scores that were kept."""

from collections.abc import Hashable
from datetime import date
from typing import Any

from metrics.models import WarningScore

Scores = dict[Hashable, list[tuple[date, float]]]


def scores_by(day: date, clients: list[Any]) -> Scores:
    """Each client's known scores up to a day, oldest first; no query without clients."""
    found: Scores = {}
    if clients:
        rows = WarningScore.objects.filter(client__in=clients, as_of__lte=day, score__isnull=False)
        for client, on, score in rows.order_by("as_of").values_list("client", "as_of", "score"):
            found.setdefault(client, []).append((on, float(score or 0)))
    return found
