"""What people did about alarms: which clients are asleep or closed, and who sees to the rest."""

from collections import defaultdict
from datetime import date

from django.db.models import Q

from metrics.attention.crossings import Handling
from metrics.models import AttentionCase, Crossing


def handlings(day: date) -> dict[int, Handling]:
    """By client with an alarm that stood on the day, or with an open case."""
    known: defaultdict[int, set[str]] = defaultdict(set)
    standing = Crossing.objects.filter(crossed_on__lte=day).filter(
        Q(cleared_on=None) | Q(cleared_on__gt=day)
    )
    for client, rule in standing.values_list("client_id", "rule"):
        known[client].add(rule)
    cases = AttentionCase.objects.filter(opened_on__lte=day).filter(
        Q(ended_on=None) | Q(ended_on__gt=day)
    )
    asleep = dict(cases.order_by("opened_on").values_list("client_id", "snoozed_until"))
    return {
        client: Handling(frozenset(known[client]), client in asleep, asleep.get(client))
        for client in known.keys() | asleep.keys()
    }


def last_case_of_each(day: date) -> dict[int, AttentionCase]:
    """By client: the case that was opened last, whether it is open or not."""
    rows = AttentionCase.objects.filter(opened_on__lte=day).select_related("owner")
    return {row.client_id: row for row in rows.order_by("opened_on", "pk")}
