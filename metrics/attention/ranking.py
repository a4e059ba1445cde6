from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from metrics.attention.facts import Case, Facts, Limits
from metrics.attention.rule import Moment
from metrics.attention.rules import RULES


def cases(clients: Sequence[Facts], limits: Limits, now: datetime, today: date) -> list[Case]:
    """Severity first, then days open times the rank of the fee, then the name: always one order."""
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
    return sorted(found, key=lambda c: (not c.bad, -(c.days_open + 1) * c.weight, c.name, c.client))


def _ranks(clients: Sequence[Facts]) -> Mapping[int, int]:
    """For each client, how many pay no more than it does; an unknown fee counts as a middle one."""
    fees = sorted(facts.mrr for facts in clients if facts.mrr is not None)
    middle = (len(clients) + 1) // 2
    return {
        facts.client: middle if facts.mrr is None else bisect_right(fees, facts.mrr)
        for facts in clients
    }
