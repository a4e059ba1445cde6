from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from metrics.attention.facts import Case, Facts, Limits
from metrics.attention.rules import RULES, Moment


def cases(clients: Sequence[Facts], limits: Limits, now: datetime, today: date) -> list[Case]:
    """Severity first, then days open times the rank of the fee, then the name."""
    rank, at = _ranks(clients), Moment(limits, now, today)
    found = []
    for facts in clients:
        if facts.paused:
            continue
        checked = (rule.check(facts, at) for rule in RULES.values())
        reasons = [reason for reason in checked if reason is not None]
        if reasons:
            ordered = tuple(sorted(reasons, key=lambda reason: not reason.bad))
            bad = ordered[0].bad
            found.append(Case(facts.client, facts.name, bad, ordered, rank[facts.client]))
    return sorted(found, key=lambda c: (not c.bad, -(c.days_open + 1) * c.weight, c.name))


def _ranks(clients: Sequence[Facts]) -> Mapping[int, int]:
    """For each client, how many pay no more than it does."""
    fees = sorted(facts.mrr for facts in clients)
    return {facts.client: bisect_right(fees, facts.mrr) for facts in clients}
