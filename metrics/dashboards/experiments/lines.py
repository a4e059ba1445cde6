"""Tests as a list shows them: the verdict, how sure it is, and how far the sample has come."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from metrics.charts.interval_plot import interval_plot
from metrics.dashboards.experiments.words import CHIPS, MARKS, WORDS, named
from metrics.formulas.experiment_course import Outcome, Seen, sample_share
from metrics.formulas.experiments import VerdictState
from metrics.formulas.ratio import Ratio
from metrics.queries.experiments import TestRecord, read_records
from metrics.queries.names import Name, names_seen_by
from tasks.models import Experiment


@dataclass(frozen=True)
class Line:
    """One test on a day. `read` is its verdict at the confidence that the page was asked for, and
    `planned` the one that counts: at the confidence fixed before the start."""

    record: TestRecord
    client: Name
    planned: Outcome
    read: Outcome
    day: date

    @property
    def id(self) -> int:
        return self.record.id

    @property
    def state(self) -> VerdictState:
        return self.read.state

    @property
    def word(self) -> str:
        return WORDS[self.read.state]

    @property
    def chip(self) -> str:
        return CHIPS[self.read.state]

    @property
    def planned_word(self) -> str:
        """Where another confidence than the planned one says otherwise, what the plan says."""
        same = self.planned.state is self.read.state
        return (
            ""
            if same
            else (
                _("%(words_planned_state)s as planned")
                % {"words_planned_state": WORDS[self.planned.state]}
            )
        )

    @property
    def reasons(self) -> list[str]:
        return named(self.read.reasons, [arm.name for arm in self.record.arms])

    @property
    def is_over(self) -> bool:
        return self.read.decided_on is not None

    @property
    def days(self) -> int:
        start, ended = self.record.plan.started_on, self.record.plan.ended_on
        last = min(self.read.decided_on or self.day, ended or self.day, self.day)
        return max(0, (last - start).days)

    @property
    def visitors(self) -> int | None:
        return self.read.look.visitors if self.read.look else None

    @property
    def sample(self) -> Ratio:
        return sample_share(self.record.plan, self.read.look)

    @cached_property
    def leading(self) -> Seen | None:
        return self.read.leading

    @property
    def lift(self) -> float | None:
        return self.leading.lift if self.leading else None

    @property
    def confidence(self) -> float | None:
        """None while the sample is incomplete: then its share is shown instead."""
        return self.leading.confidence if self.leading else None

    @property
    def variants(self) -> int:
        return max(0, len(self.record.arms) - 1)

    @property
    def picture(self) -> SafeString:
        seen = self.leading
        return interval_plot(
            self.lift,
            seen.lift_interval if seen else None,
            state=MARKS.get(self.read.state, "none"),
            dashed=seen is not None and seen.confidence is None,
        )


def lines_for(
    user: Any, day: date, alpha: float | None = None, planned_ahead: bool = True
) -> list[Line]:
    """Every test a person may see, the newest result first. `alpha` reads them all alike.

    Of a past day nobody knows any more what was planned ahead.
    """
    rows = Experiment.objects.visible_to(user)
    if not planned_ahead:
        rows = rows.filter(started_on__lte=day)
    names = names_seen_by(user, day)
    found = [
        _line(record, names[record.client], day, alpha)
        for record in read_records(rows)
        if record.client in names
    ]
    return sorted(found, key=_newest, reverse=True)


def _line(record: TestRecord, client: Name, day: date, alpha: float | None) -> Line:
    planned = record.outcome(day)
    looser = alpha is not None and alpha > record.plan.alpha
    if alpha is None or (looser and planned.decided_on is None):  # never called early by asking
        return Line(record, client, planned, planned, day)
    again = replace(record, plan=replace(record.plan, alpha=alpha))
    return Line(record, client, planned, again.outcome(day), day)


def _newest(line: Line) -> tuple[date, date, int]:
    look = line.read.look
    start = line.record.plan.started_on
    return line.read.decided_on or (look.day if look else start), start, line.id
