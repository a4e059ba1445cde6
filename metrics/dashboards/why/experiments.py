"""Rows behind the tests won, running, and too early to look at."""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from godview.templatetags.display import noun, percent
from godview.translating.later import later
from metrics.dashboards.experiments.words import MARKS, WORDS, named
from metrics.dashboards.numbers import Facts
from metrics.dashboards.numbers.experiments import Found, decided_tests, open_tests
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import NOTHING, Cells, Column, Kind, Link, Row, Rows, Words
from metrics.formulas.experiment_course import Outcome, record_of_tests, sample_share
from metrics.formulas.experiments import VerdictState
from metrics.formulas.ratio import Ratio
from metrics.formulas.tactics import tactic_win_rate
from metrics.queries.experiments import TestRecord

WHO = (Column(later("Client")), Column(later("Test")), Column(later("Designer")))
DECIDED = (*WHO, Column(later("Decided"), Kind.DAY), Column(later("Verdict")), Column(later("Why")))
OPEN = (
    *WHO,
    Column(later("Began"), Kind.DAY),
    Column(later("State")),
    Column(later("Why")),
    Column(later("Sample")),
)


def decided(facts: Facts, reader: Reader) -> Rows:
    """The newest verdict first; a test without a difference is not in the number."""
    found = [one for one in decided_tests(facts) if _won_or_lost(one[1]) != NOTHING]
    found.sort(key=lambda one: str(one[1].decided_on), reverse=True)
    shown = [
        Row(
            partial(_decided_cells, record, outcome, reader),
            _won_or_lost(outcome),
            state=MARKS.get(outcome.state, "none"),
        )
        for record, outcome in _seen(found, reader)
    ]
    return Rows(DECIDED, shown, len(found), noun("test"), Words(_("won"), _("lost")))


def in_state(state: VerdictState) -> Callable[[Facts, Reader], Rows]:
    """Every test that is not decided; those in the state first."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        found = sorted(open_tests(facts), key=lambda one: one[1].state is not state)
        shown = [
            Row(
                partial(_open_cells, record, outcome, reader),
                Ratio(int(outcome.state is state), 1),
            )
            for record, outcome in _seen(found, reader)
        ]
        words = Words(WORDS[state].lower(), _("in another state"))
        return Rows(OPEN, shown, len(found), noun("test"), words)

    return rows


def _seen(found: Found, reader: Reader) -> Found:
    return [one for one in found if reader.sees(one[0].client)]


def _won_or_lost(outcome: Outcome) -> Ratio:
    return tactic_win_rate(record_of_tests([outcome]))


def _decided_cells(record: TestRecord, outcome: Outcome, reader: Reader) -> Cells:
    return (*_who(record, reader), outcome.decided_on, *_said(record, outcome))


def _open_cells(record: TestRecord, outcome: Outcome, reader: Reader) -> Cells:
    share = sample_share(record.plan, outcome.look).value
    start = record.plan.started_on
    return (*_who(record, reader), start, *_said(record, outcome), percent(share))


def _who(record: TestRecord, reader: Reader) -> Cells:
    return (
        reader.client(record.client),
        Link(record.name, reader.onward.to("experiment", str(record.id))),
        record.designer_name,
    )


def _said(record: TestRecord, outcome: Outcome) -> Cells:
    reasons = named(outcome.reasons, [arm.name for arm in record.arms])
    return (WORDS[outcome.state], "; ".join(reasons))


ROWS = {
    "experiment_win_rate": decided,
    "experiments_running": in_state(VerdictState.RUNNING),
    "experiments_too_early": in_state(VerdictState.TOO_EARLY),
}
