"""Rows behind the numbers about fees."""

from collections.abc import Hashable
from decimal import Decimal

from godview.templatetags.display import money
from metrics.dashboards.addresses import client_url
from metrics.dashboards.numbers.facts import Facts
from metrics.dashboards.why.clients import names
from metrics.dashboards.why.rows import Row, Rows, Visible, only
from metrics.formulas.movements import Standing
from metrics.formulas.mrr import MissingRateError, worth


def payers(facts: Facts, visible: Visible) -> Rows:
    """Every client who pays a monthly fee on the day, the largest first."""
    paid: dict[Hashable, Decimal | None] = {}
    for client in facts.active:
        amounts = facts.book.amounts(client, facts.as_of)
        if any(amounts.values()):
            paid[client] = _valued(facts, client)
    return _fees(paid, visible)


def paused(facts: Facts, visible: Visible) -> Rows:
    """What the clients on hold would pay."""
    held: dict[Hashable, Decimal | None] = {}
    for client in facts.paused:
        held[client] = facts.book.paused_mrr([client], facts.as_of).amount
    return _fees(held, visible)


def _valued(facts: Facts, client: Hashable) -> Decimal | None:
    try:
        return worth(facts.book.amounts(client, facts.as_of), facts.book.rates, facts.as_of)
    except MissingRateError:
        return None


def _fees(paid: dict[Hashable, Decimal | None], visible: Visible) -> Rows:
    known = names(paid)
    order = sorted(paid, key=lambda client: (-(paid[client] or 0), known[client].name))
    rows = [
        (
            client,
            Row(
                (known[client].name, money(paid[client])),
                client_url(known[client].slug),
            ),
        )
        for client in order
    ]
    shown, hidden = only(rows, visible)
    return Rows(("Client", "A month"), shown, hidden, "client", frozenset({1}))


def movements(facts: Facts, visible: Visible) -> Rows:
    """Every client whose fees differ at the two ends of the period, the largest change first."""
    changes: list[tuple[Hashable, Decimal, Decimal, str]] = []
    for client in facts.book.fees:
        standing = facts.book.standing(client, facts.period)
        at_start = facts.roster.has(client, facts.period.start)
        at_end = facts.roster.has(client, facts.period.end)
        start = standing.start if at_start else Decimal(0)
        end = standing.worth_at_end if at_end else Decimal(0)
        if start or end:
            words = _words(standing, start, end)
            changes.append((client, start, end, words))
    known = names(client for client, *_ in changes)
    changes.sort(key=lambda one: (-abs(one[2] - one[1]), known[one[0]].name))
    rows = [
        (
            client,
            Row(
                (known[client].name, words, money(start), money(end), money(end - start)),
                client_url(known[client].slug),
                "bad" if end < start else "good" if end > start else "",
            ),
        )
        for client, start, end, words in changes
    ]
    shown, hidden = only(rows, visible)
    columns = ("Client", "What", "At the start", "At the end", "Change")
    return Rows(columns, shown, hidden, "client", frozenset({2, 3, 4}))


def one_line(words: str, facts: Facts, visible: Visible) -> Rows:
    """Only the clients of one line of the bridge, such as those that are new."""
    every = movements(facts, None)
    rows = [row for row in every.rows if row.cells[1] == words]
    if visible is None:
        return Rows(every.columns, rows, noun="client", numeric=every.numeric)
    mine = {row.url for row in movements(facts, visible).rows}
    shown = [row for row in rows if row.url in mine]
    return Rows(every.columns, shown, len(rows) - len(shown), "client", every.numeric)


def _words(standing: Standing, start: Decimal, end: Decimal) -> str:
    if start and end:
        return "same" if start == end else "bigger fee" if end > start else "smaller fee"
    if start:
        return "put on hold" if standing.paused_at_end else "lost"
    if standing.paused_at_start:
        return "taken up again"
    return "came back" if standing.paid_before else "new"
