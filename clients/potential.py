"""What leaders decide about segments: the rule to work by, and what a client could buy."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from clients.models import Capacity, Client, SegmentRule


@transaction.atomic
def set_rules(rules: Mapping[str, str]) -> int:
    """Keep the agency's own words; an empty text goes back to ours. Returns how many changed."""
    known = {row.code: row for row in SegmentRule.objects.filter(code__in=rules)}
    changed = 0
    for code, text in rules.items():
        row = known.get(code)
        if not text and row:
            row.delete()
        elif text and (row is None or row.rule != text):
            row = row or SegmentRule(code=code)
            row.rule = text
            row.full_clean()
            row.save()
        else:
            continue
        changed += 1
    return changed


@transaction.atomic
def score_capacities(amounts: Mapping[Client, Decimal], currency: str, today: date) -> int:
    """A year's worth of what each client could buy, from today on."""
    for client, amount in amounts.items():
        row = Capacity(client=client, starts_on=today, amount=amount, currency=currency)
        row.full_clean()
        row.save()
    return len(amounts)
