"""Rows behind the tactics won and lost."""

from collections.abc import Callable
from functools import partial

from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.dashboards.numbers import Facts
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import NOTHING, Cells, Column, Kind, Link, Row, Rows, Words
from metrics.formulas import tactics as formulas
from metrics.formulas.ratio import Ratio
from metrics.formulas.tactics import TacticRecord
from metrics.queries.evidence import VerdictRecord, verdict_records
from metrics.queries.tactics import record_of
from tasks.models import Tactic

Outcome = Tactic.Outcome
COLUMNS = (
    Column(later("Client")),
    Column(later("Tactic")),
    Column(later("Rule")),
    Column(later("Ended"), Kind.DAY),
    Column(later("Manager")),
    Column(later("Verdict")),
)
STATES = {Outcome.WIN.value: "good", Outcome.LOSS.value: "bad"}


def judged(
    formula: Callable[[TacticRecord], Ratio], total: Callable[[TacticRecord], int], words: Words
) -> Callable[[Facts, Reader], Rows]:
    """The newest verdict first; a tactic that does not count for the number is left out."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        records = verdict_records(facts.scope, facts.period, reader.user)
        shown = [_row(record, formula, reader) for record in records]
        shown = [row for row in shown if row.counts != NOTHING]
        return Rows(COLUMNS, shown, total(facts.tactics), noun("tactic"), words)

    return rows


def _row(record: VerdictRecord, formula: Callable[[TacticRecord], Ratio], reader: Reader) -> Row:
    counts = formula(record_of({record.outcome: 1}))
    return Row(partial(_cells, record, reader), counts, state=STATES.get(record.outcome, "none"))


def _cells(record: VerdictRecord, reader: Reader) -> Cells:
    onward, slug = reader.onward, record.manager_slug
    return (
        Link(record.client, onward.to("client", record.client_slug)),
        record.name,
        " ".join(part for part in (record.metric, record.threshold) if part),
        record.ended_on,
        Link(record.manager or "", onward.person(record.manager_id or 0, slug)) if slug else None,
        str(Outcome(record.outcome).label),
    )


def _decided(record: TacticRecord) -> int:
    return record.decided


def _closed(record: TacticRecord) -> int:
    return record.closed


ROWS = {
    "tactic_win_rate": judged(
        formulas.tactic_win_rate, _decided, Words(later("won"), later("lost"))
    ),
    "tactic_win_loss_ratio": judged(
        formulas.tactic_win_loss_ratio, _decided, Words(later("won"), later("lost"))
    ),
    "tactic_decisive_share": judged(
        formulas.decisive_share, _closed, Words(later("won or lost"), later("no difference"))
    ),
}
