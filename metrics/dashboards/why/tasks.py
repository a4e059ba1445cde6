"""Rows behind the tasks on time, and behind how long tasks take."""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.dashboards.numbers import Facts
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import Cells, Column, Kind, Link, Row, Rows, Words
from metrics.formulas.on_time import DueTasks, on_time_rate, on_time_rate_adjusted
from metrics.formulas.ratio import Ratio
from metrics.queries.task_records import (
    TaskRecord,
    due_records,
    finished_records,
    listed_records,
)

WHO = (Column(later("Task")), Column(later("Client")), Column(later("Who")))
DUE = (
    *WHO,
    Column(later("First due"), Kind.DAY),
    Column(later("Done"), Kind.DAY),
    Column(later("Result")),
)
LISTED = (
    *WHO,
    Column(later("Due now"), Kind.DAY),
    Column(later("Done"), Kind.DAY),
    Column(later("Result")),
)
FINISHED = (*WHO, Column(later("Done"), Kind.DAY), Column(later("Days"), Kind.DAYS))


def due(formula: Callable[[DueTasks], Ratio]) -> Callable[[Facts, Reader], Rows]:
    """What was not done in time first, then by due date."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        shown = [
            Row(
                partial(_due_cells, record, facts, reader),
                formula(_alone(record)),
                state="good" if record.is_on_time else "bad",
            )
            for record in due_records(facts.scope, facts.period, reader.user)
        ]
        words = Words(_("on time"), _("not on time"))
        return Rows(DUE, shown, int(formula(facts.due_tasks).whole), noun("task"), words)

    return rows


def finished(facts: Facts, reader: Reader) -> Rows:
    """The longest first."""
    shown = [
        Row(partial(_finished_cells, record, reader), Ratio(0, 1), record.days)
        for record in finished_records(facts.scope, facts.period, reader.user)
    ]
    return Rows(FINISHED, shown, len(facts.durations), noun("task"))


def listed(facts: Facts, reader: Reader) -> Rows:
    """What Asana's list shows, what was not done in time first."""
    shown = [
        Row(
            partial(_due_cells, record, facts, reader),
            Ratio(int(record.is_on_time), 1),
            state="good" if record.is_on_time else "bad",
        )
        for record in listed_records(facts.scope, facts.period, reader.user)
    ]
    whole = int(facts.listed_tasks.whole)
    return Rows(LISTED, shown, whole, noun("task"), Words(_("on time"), _("not on time")))


def _alone(record: TaskRecord) -> DueTasks:
    if record.is_on_time:
        return DueTasks(on_time=1, late=0, never=0)
    return DueTasks(0, int(not record.is_postponed), 0, postponed=int(record.is_postponed))


def _due_cells(record: TaskRecord, facts: Facts, reader: Reader) -> Cells:
    return (*_who(record, reader), record.due_on, record.done_on, _result(record, facts))


def _finished_cells(record: TaskRecord, reader: Reader) -> Cells:
    return (*_who(record, reader), record.done_on, record.days)


def _who(record: TaskRecord, reader: Reader) -> tuple[Link, Link | None, str]:
    client = record.client_slug
    return (
        Link(
            record.name or (_("Task %(record_gid)s") % {"record_gid": record.gid}),
            _address(record, reader),
        ),
        Link(record.client, reader.onward.to("client", client)) if client else None,
        record.assignee or _("nobody"),
    )


def _address(record: TaskRecord, reader: Reader) -> str:
    """A promise in the ledger, which leads on to Asana; another task there at once."""
    if record.promise is not None:
        return reader.onward.to("promise", str(record.promise))
    return f"https://app.asana.com/0/0/{record.gid}"


def _result(record: TaskRecord, facts: Facts) -> str:
    if record.is_on_time:
        return _("on time")
    if record.is_postponed:
        return _("postponed")
    if record.done_on is not None and record.done_on <= facts.as_of:
        return _("late")
    return _("deleted") if record.is_deleted else _("open")


ROWS = {
    "on_time_rate": due(on_time_rate),
    "on_time_rate_adjusted": due(on_time_rate_adjusted),
    "on_time_rate_naive": listed,
    "task_duration_median": finished,
    "task_duration_p90": finished,
}
