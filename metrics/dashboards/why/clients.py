"""Rows behind the numbers that count clients: who stayed, who left, who waits, who is on pace."""

from collections.abc import Hashable, Iterable
from datetime import date
from typing import NamedTuple

from django.conf import settings

from clients.models import Client
from godview.templatetags.display import day as on_day
from godview.templatetags.display import days, percent
from metrics.dashboards.addresses import client_url
from metrics.dashboards.numbers.facts import Facts
from metrics.dashboards.portfolio import PACE_STATES, PACE_WORDS, contact_state
from metrics.dashboards.why.rows import Row, Rows, Visible, only
from metrics.formulas.retention import Tenure


class Name(NamedTuple):
    name: str
    slug: str


def names(clients: Iterable[Hashable]) -> dict[Hashable, Name]:
    rows = Client.objects.filter(pk__in=list(clients)).values_list("pk", "name", "slug")
    return {pk: Name(name, slug) for pk, name, slug in rows}


def _client_rows(
    told: dict[Hashable, tuple[tuple[object, ...], str]], visible: Visible, by_name: bool = True
) -> tuple[list[Row], int]:
    """Cells and state for each client become rows that lead to its page, by name."""
    known = names(told)
    order = sorted(told, key=lambda pk: known[pk].name) if by_name else list(told)
    rows = []
    for client in order:
        cells, state = told[client]
        url = client_url(known[client].slug)
        rows.append((client, Row((known[client].name, *cells), url, state)))
    return only(rows, visible)


def kept(facts: Facts, visible: Visible) -> Rows:
    """Who was there at the start of the period, and what became of them."""
    period = facts.period
    told: dict[Hashable, tuple[tuple[object, ...], str]] = {}
    for client, tenure in facts.book.tenures.items():
        if tenure.covers(period.start) and facts.roster.has(client, period.start):
            stayed = tenure.covers(period.end)
            words = "kept" if stayed else f"left {on_day(_left(tenure, period.start), facts.as_of)}"
            since = on_day(tenure.start_of_spell(period.start), facts.as_of)
            told[client] = ((since, words), "good" if stayed else "bad")
    rows, hidden = _client_rows(told, visible)
    rows.sort(key=lambda row: row.state)  # bad before good
    return Rows(("Client", "With us since", "At the end"), rows, hidden, "client")


def _left(tenure: Tenure, day: date) -> date | None:
    return next((spell.end for spell in tenure.spells if spell.covers(day)), None)


def moved(facts: Facts, visible: Visible) -> Rows:
    """Every start and every end in the period: what came, what went."""
    period = facts.period
    told: list[tuple[Hashable, date, str, str]] = []
    for client, tenure in facts.book.tenures.items():
        for place, spell in enumerate(tenure.spells):
            if period.start < spell.start <= period.end and facts.roster.has(client, spell.start):
                words = "came back" if place else "won"
                told.append((client, spell.start, words, "good"))
            was_ours = facts.roster.has(client, max(period.start, spell.start))
            if spell.end and period.start < spell.end <= period.end and was_ours:
                told.append((client, spell.end, "left", "bad"))
    known = names(client for client, *_ in told)
    rows = [
        (
            client,
            Row(
                (known[client].name, words, on_day(when, facts.as_of)),
                client_url(known[client].slug),
                state,
            ),
        )
        for client, when, words, state in sorted(told, key=lambda one: one[1], reverse=True)
    ]
    shown, hidden = only(rows, visible)
    return Rows(("Client", "What", "When"), shown, hidden, "event")


def only_moved(words: str, facts: Facts, visible: Visible) -> Rows:
    every = moved(facts, visible)
    rows = [row for row in every.rows if row.cells[1] == words]
    return Rows(every.columns, rows, 0 if visible is None else every.hidden, "event")


def active(facts: Facts, visible: Visible) -> Rows:
    told: dict[Hashable, tuple[tuple[object, ...], str]] = {}
    for client in facts.active:
        since = facts.book.tenures[client].start_of_spell(facts.as_of)
        words = "on hold" if client in facts.paused else "served"
        told[client] = ((on_day(since, facts.as_of), words), "")
    rows, hidden = _client_rows(told, visible)
    return Rows(("Client", "With us since", "Now"), rows, hidden, "client")


def paused(facts: Facts, visible: Visible) -> Rows:
    every = active(facts, visible)
    rows = [row for row in every.rows if row.cells[2] == "on hold"]
    hidden = len(facts.paused) - len(rows) if visible is not None else 0
    return Rows(every.columns, rows, hidden, "client")


def waits(facts: Facts, visible: Visible, over_only: bool = False) -> Rows:
    """Days since contact of every client we work for, the longest first."""
    found = sorted(facts.days_since_contact.items(), key=lambda item: -item[1])
    told = {
        client: ((days(count),), contact_state(count))
        for client, count in found
        if not over_only or count > settings.CONTACT_STANDARD_DAYS
    }
    rows, hidden = _client_rows(dict(told), visible, by_name=False)
    return Rows(("Client", "Since contact"), rows, hidden, "client", frozenset({1}))


def over_standard(facts: Facts, visible: Visible) -> Rows:
    return waits(facts, visible, over_only=True)


def paces(facts: Facts, visible: Visible) -> Rows:
    """The clients that can be judged, the furthest behind first."""
    judged = [mine for mine in facts.paces if mine.pace.state.is_judged]
    told: dict[Hashable, tuple[tuple[object, ...], str]] = {}
    for mine in sorted(judged, key=lambda one: one.pace.ratio or 0.0):
        reached = mine.pace
        ratio = "–" if reached.ratio is None else f"{reached.ratio:.2f}"
        cells = (
            PACE_WORDS[reached.state],
            percent(reached.progress),
            percent(reached.expected),
            ratio,
        )
        told[mine.client_id] = (cells, PACE_STATES[reached.state])
    rows, hidden = _client_rows(told, visible, by_name=False)
    columns = ("Client", "Pace", "Progress", "Expected by now", "Progress ÷ expected")
    return Rows(columns, rows, hidden, "client", frozenset({2, 3, 4}))
