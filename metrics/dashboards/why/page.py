"""One number, explained: what it means, how it was worked out, its course, and its rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import override

from godview.periods import DAY, Period
from metrics.catalogue import CATALOGUE, Metric, under
from metrics.dashboards.numbers import Facts, measure_of
from metrics.dashboards.onward import Onward
from metrics.dashboards.past import Past
from metrics.dashboards.retold import retold
from metrics.dashboards.why import (
    clients,
    contact,
    experiments,
    goals,
    lifetime,
    pace,
    promises,
    revenue,
    spending,
    survival,
    tactics,
    tasks,
    training,
    voices,
    warnings,
)
from metrics.dashboards.why.beside import Beside, beside
from metrics.dashboards.why.course import Course, course, moments
from metrics.dashboards.why.crumbs import crumbs_to
from metrics.dashboards.why.likely import likely
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.reasons import Reason, reasons
from metrics.dashboards.why.rows import Link, Rows
from metrics.dashboards.why.since import Since, since, written
from metrics.dashboards.why.words import cell_raw, in_words, limit_in_words
from metrics.dashboards.why.worked import worked
from metrics.formulas.measure import Measure
from metrics.queries.known import as_known_on
from metrics.queries.limits import limits_on
from metrics.queries.reach import may_know
from metrics.queries.scopes import Scope
from metrics.queries.stamps import read_stamps

ROWS: dict[str, Callable[[Facts, Reader], Rows]] = {
    **clients.ROWS,
    **revenue.ROWS,
    **lifetime.ROWS,
    **survival.ROWS,
    **contact.ROWS,
    **pace.ROWS,
    **goals.ROWS,
    **tasks.ROWS,
    **tactics.ROWS,
    **experiments.ROWS,
    **promises.ROWS,
    **training.ROWS,
    **voices.ROWS,
    **warnings.ROWS,
    **spending.ROWS,
}
NO_ROWS = Rows((), (), 0)


@dataclass(frozen=True, slots=True)
class Question:
    """Which number is asked about; `scope_text` and `period_text` as the address has them."""

    metric: Metric
    scope: Scope
    period: Period
    as_of: date
    scope_text: str
    period_text: str
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """`rows` are those that the reader may see."""

    question: Question
    measure: Measure
    value: str
    worked: str
    limit: str
    likely: str
    course: Course
    beside: list[Beside]
    reasons: list[Reason]
    rows: Rows
    crumbs: list[Link]
    others: list[Link]
    since: Since | None = None

    @property
    def metric(self) -> Metric:
        return self.question.metric

    @property
    def scope(self) -> Scope:
        return self.question.scope

    @property
    def as_of(self) -> date:
        return self.question.as_of

    @property
    def unknown(self) -> str:
        """Why there is no number; empty when there is one."""
        return retold(self.measure.reason or "")

    @property
    def is_breached(self) -> bool:
        value = self.measure.value
        return self.metric.is_breached_by(None if value is None else float(value))

    @property
    def last_day(self) -> date:
        """The last day inside the period."""
        return self.question.period.end - DAY

    @property
    def header(self) -> list[str]:
        """The columns of the CSV; with words, the last one says which side a row is on."""
        with override("en"):  # programs read them
            names = [column.name.lower().replace(" ", "_") for column in self.rows.columns]
        return [*names, "counts_as"] if self.rows.words else names

    def raw_rows(self) -> Iterable[list[Any]]:
        words = self.rows.words
        for row in self.rows.rows:
            cells = [cell_raw(cell) for cell in row.cells]
            yield [*cells, words.of(row.side)] if words else cells


def why(question: Question, user: Any, onward: Onward) -> Why:
    reader = Reader(user, question.as_of, onward)
    # Where one is, is a matter of today: then there may have been no such team.
    crumbs = crumbs_to(question.scope, question.as_of, onward)
    today = replace(_why(replace(question, known_on=None), reader, onward), crumbs=crumbs)
    if question.known_on is None:
        return today
    # The names that the reader may see are read by now: who sees what is a matter of today.
    with as_known_on(question.known_on):
        then = replace(_why(question, reader, onward), crumbs=crumbs)
        rows = written(then.rows) if question.metric.keeps_entries else NO_ROWS
        return replace(then, rows=rows, since=since(rows, today))


def _why(question: Question, reader: Reader, onward: Onward) -> Why:
    key, stamps = question.metric.key, read_stamps()
    metric = under(key, limits_on(stamps, question.as_of))
    question = replace(question, metric=metric)
    days = moments(key, question.period, question.as_of, question.period_text)
    past = Past(question.scope, days, stamps).facts()
    facts = past[-1]
    measure = measure_of(key, facts, question.known_on)
    return Why(
        question=question,
        measure=measure,
        value=in_words(measure),
        worked=worked(key, facts, measure),
        limit=limit_in_words(metric),
        likely=likely(key, facts, measure),
        course=course(metric, past, question.scope_text, question.period_text, onward),
        beside=beside(metric, facts, question.scope_text, question.period_text, onward),
        reasons=reasons(key, facts, onward),
        rows=ROWS[key](facts, reader),
        crumbs=[],
        others=[
            Link(other.name, onward.why(other.key, question.scope_text))
            for other in CATALOGUE.values()
            if may_know(reader.user, other.permission, question.scope)
        ],
    )
