"""Rows behind the numbers that count clients: who was there, who came, who left.

Each client is counted by the very formula that counts them all.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from godview.folding import by_letters
from godview.templatetags.display import day as on_day
from godview.templatetags.display import noun
from godview.translating.later import later, later_of
from metrics.dashboards.numbers import Facts
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import NOTHING, Cells, Column, Kind, Row, Rows, Words
from metrics.formulas import retention
from metrics.formulas.ratio import Ratio
from metrics.formulas.retention import Headcount, Tenure, headcount
from metrics.formulas.revolving_door import revolving_door_ratio

Counting = Callable[[Headcount], Ratio]

TEAM = (Column(later("Client")), Column(later("Pod")), Column(later("Manager")))
COURSE = (*TEAM, Column(later("With us since"), Kind.DAY), Column(later("In the period")))


def counted(formula: Counting, words: Words) -> Callable[[Facts, Reader], Rows]:
    """A share of clients: who is in its part, and who only in its whole."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        found = [(tenure, formula(_alone(tenure, facts))) for tenure in _of_period(facts)]
        behind = [(tenure, ratio) for tenure, ratio in found if ratio != NOTHING]
        return _rows(behind, facts, reader, words)

    return rows


def in_two_columns(formula: Counting, part: str, whole: str) -> Callable[[Facts, Reader], Rows]:
    """A ratio of two counts, neither of which is a part of the other."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        plain = counted(formula, Words(part, whole))(facts, reader)
        columns = (*COURSE, Column(part.capitalize(), Kind.COUNT), Column(whole, Kind.COUNT))
        told = [replace(row, fill=partial(_with_counts, row)) for row in plain.rows]
        return Rows(columns, told, plain.total, noun("client"))

    return rows


def events(count: Callable[[Headcount], int]) -> Callable[[Facts, Reader], Rows]:
    """A count of what happened, client by client."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        found = [(tenure, count(_alone(tenure, facts))) for tenure in _of_period(facts)]
        behind = [(tenure, times) for tenure, times in found if times]
        shown = [
            Row(partial(_cells, tenure, facts, reader), amount=times)
            for tenure, times in _by_name(behind, reader)
        ]
        return Rows(COURSE, shown, len(behind), noun("client"), sums=True)

    return rows


def active(facts: Facts, reader: Reader) -> Rows:
    columns = (*TEAM, Column(_("With us since"), Kind.DAY), Column(_("Today")))
    shown = [
        Row(partial(_now, client, facts, reader), amount=1)
        for client in sorted(
            filter(reader.sees, facts.active), key=lambda c: by_letters(reader.names[c].name)
        )
    ]
    return Rows(columns, shown, len(facts.active), noun("client"), sums=True)


def paused(facts: Facts, reader: Reader) -> Rows:
    columns = (*TEAM, Column(_("With us since"), Kind.DAY))
    behind = [
        (facts.book.tenures[client], Ratio(client in facts.paused, 1)) for client in facts.active
    ]
    shown = [
        Row(partial(_start, tenure, facts, reader), ratio)
        for tenure, ratio in sorted(_by_name(behind, reader), key=lambda one: -one[1].part)
    ]
    return Rows(columns, shown, len(behind), noun("client"), Words(_("on hold"), _("served")))


def _rows(behind: list[tuple[Tenure, Ratio]], facts: Facts, reader: Reader, words: Words) -> Rows:
    """Those who left first: they are what one comes to look at."""
    shown = [
        Row(partial(_cells, tenure, facts, reader), ratio, state=_mark(tenure, facts))
        for tenure, ratio in _by_name(behind, reader)
    ]
    shown.sort(key=lambda row: row.state != "bad")
    return Rows(COURSE, shown, len(behind), noun("client"), words)


def _alone(tenure: Tenure, facts: Facts) -> Headcount:
    return headcount([tenure], facts.period)


def _of_period(facts: Facts) -> Iterable[Tenure]:
    return facts.belonging(facts.period)


def _by_name(behind: list[tuple[Tenure, Any]], reader: Reader) -> list[tuple[Tenure, Any]]:
    seen = [one for one in behind if reader.sees(one[0].client)]
    return sorted(seen, key=lambda one: by_letters(reader.names[one[0].client].name))


def _cells(tenure: Tenure, facts: Facts, reader: Reader) -> Cells:
    return (
        reader.client(tenure.client),
        *reader.team(tenure.client),
        tenure.began,
        _happened(tenure, facts),
    )


def _start(tenure: Tenure, facts: Facts, reader: Reader) -> Cells:
    since = tenure.start_of_spell(facts.as_of)
    return (reader.client(tenure.client), *reader.team(tenure.client), since)


def _now(client: Hashable, facts: Facts, reader: Reader) -> Cells:
    today = _("on hold") if client in facts.paused else _("served")
    return (*_start(facts.book.tenures[client], facts, reader), today)


def _with_counts(row: Row) -> Cells:
    return (*row.cells, row.counts.part, row.counts.whole)


def _mark(tenure: Tenure, facts: Facts) -> str:
    return "good" if tenure.covers(facts.period.end) else "bad"


def _happened(tenure: Tenure, facts: Facts) -> str:
    """won 3 Jun, left 15 Jul: what happened in the period; for most clients nothing."""
    start, end = facts.period.start, facts.period.end
    told = []
    for place, spell in enumerate(tenure.spells):
        if start < spell.start <= end:
            word = _("came back") if place else "won"
            told.append((spell.start, f"{word} {on_day(spell.start, facts.as_of)}"))
        if spell.end is not None and start < spell.end <= end:
            told.append(
                (
                    spell.end,
                    (_("left %(spell_end)s") % {"spell_end": on_day(spell.end, facts.as_of)}),
                )
            )
    return ", ".join(words for _, words in sorted(told)) or _("served throughout")


STAYED = Words(later("kept"), later("left"))
LEFT = Words(later("left"), later("stayed"))


def _added_over_lost(count: Headcount) -> Ratio:
    """The two counts that a growth ceiling rests on."""
    return Ratio(count.gained + count.returned, retention.logo_churn_rate(count).part)


ROWS = {
    "client_retention_rate": counted(retention.retention_rate, STAYED),
    "client_retention_rate_seed": in_two_columns(
        retention.seed_retention_rate, later("at the end, not won"), later("At the start")
    ),
    "logo_churn_rate": counted(retention.logo_churn_rate, LEFT),
    "logo_churn_rate_stripe": in_two_columns(
        retention.stripe_churn_rate, later("departures"), later("At the start or won")
    ),
    "logo_churn_rate_annualised": counted(retention.logo_churn_rate, LEFT),
    "clients_active": active,
    "clients_paused": paused,
    "clients_gained": events(lambda count: count.gained),
    "clients_returned": events(lambda count: count.returned),
    "clients_lost": events(lambda count: count.lost),
    "revolving_door_ratio": in_two_columns(revolving_door_ratio, "lost", later("Won or came back")),
    "growth_ceiling": in_two_columns(
        _added_over_lost, later("won or came back"), later_of("clients", "Lost")
    ),
}
