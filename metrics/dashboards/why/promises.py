"""Rows behind postponements and silent changes: every promise that was due."""

from collections.abc import Callable
from functools import partial

from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.dashboards.numbers import Facts
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import NOTHING, Cells, Column, Kind, Link, Row, Rows, Words
from metrics.formulas import promises as formulas
from metrics.formulas.promises import PromiseRecord
from metrics.formulas.ratio import Ratio
from metrics.queries.promises import PromiseLine, promise_lines
from tasks.models import Standing

COLUMNS = (
    Column(later("Promise")),
    Column(later("Client")),
    Column(later("Who")),
    Column(later("Promised"), Kind.DAY),
    Column(later("Agreed now"), Kind.DAY),
    Column(later("Postponed"), Kind.COUNT),
    Column(later("Days"), Kind.DAYS),
    Column(later("Silent changes"), Kind.COUNT),
    Column(later("State")),
)


def due(
    formula: Callable[[PromiseRecord], Ratio],
    total: Callable[[PromiseRecord], int],
    words: Words | None,
) -> Callable[[Facts, Reader], Rows]:
    """Those that count for the number's part first."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        lines = promise_lines(facts.scope, facts.period, reader.user)
        shown = [_row(line, formula, reader) for line in lines]
        shown = [row for row in shown if row.counts != NOTHING]
        shown.sort(key=lambda row: not row.counts.part)
        return Rows(COLUMNS, shown, total(facts.promises), noun("promise"), words)

    return rows


def _row(line: PromiseLine, formula: Callable[[PromiseRecord], Ratio], reader: Reader) -> Row:
    postponed = line.postponements > 0
    days = line.days_slipped if postponed else 0
    counts = formula(PromiseRecord(1, int(postponed), days, int(line.attempts > 0)))
    state = "bad" if line.attempts else "watch" if postponed else "good"
    return Row(partial(_cells, line, reader), counts, float(days), state=state)


def _cells(line: PromiseLine, reader: Reader) -> Cells:
    return (
        Link(line.text, reader.onward.to("promise", str(line.pk))),
        Link(line.client, reader.onward.to("client", line.client_slug)),
        line.owner or "nobody",
        line.due_on,
        line.agreed_on,
        line.postponements,
        line.days_slipped,
        line.attempts,
        str(Standing.State(line.state).label),
    )


def _committed(record: PromiseRecord) -> int:
    return record.committed


def _postponed(record: PromiseRecord) -> int:
    return record.postponed


ROWS = {
    "postponement_rate": due(
        formulas.postponement_rate, _committed, Words(later("postponed"), later("not postponed"))
    ),
    "postponement_days_mean": due(formulas.postponement_days_mean, _postponed, None),
    "attempted_change_rate": due(
        formulas.attempted_change_rate,
        _committed,
        Words(later("changed in silence"), later("as promised")),
    ),
}
