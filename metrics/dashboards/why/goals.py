"""Rows behind the weekly goals: what was promised, and what became of it."""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.dashboards.numbers import Facts
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import NOTHING, Cells, Column, Kind, Link, Row, Rows, Words
from metrics.formulas.ratio import Ratio
from metrics.formulas.weekly_goals import (
    WeeklyGoals,
    controllable_hit_rate,
    goalless_share,
    naive_hit_rate,
    weekly_goal_hit_rate,
)
from metrics.queries.evidence import GoalRecord, goal_records
from metrics.queries.weekly_goals import GoalKind, goals_from_counts
from tasks.models import WeeklyGoal

Status = WeeklyGoal.Status
COLUMNS = (
    Column(later("Client")),
    Column(later("Goal")),
    Column(later("Week from"), Kind.DAY),
    Column(later("Manager")),
    Column(later("Result")),
)


def promised(
    formula: Callable[[WeeklyGoals], Ratio], words: Words
) -> Callable[[Facts, Reader], Rows]:
    """The newest week first, and in it what was not met."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        whole = facts.weekly_goals
        records = goal_records(facts.scope, facts.period, reader.user)
        records.sort(key=lambda record: record.status == Status.MET)
        records.sort(key=lambda record: record.week_starts_on, reverse=True)
        shown = [_row(record, formula, reader) for record in records]
        shown = [row for row in shown if row.counts != NOTHING]
        total = formula(whole).whole
        return Rows(COLUMNS, shown, int(total), noun("goal"), words)

    return rows


def _row(record: GoalRecord, formula: Callable[[WeeklyGoals], Ratio], reader: Reader) -> Row:
    met = record.status == Status.MET
    kind = GoalKind(record.status, record.unplanned, record.excused, record.goalless)
    counts = formula(goals_from_counts({kind: 1}))
    return Row(partial(_cells, record, reader), counts, state="good" if met else "bad")


def _cells(record: GoalRecord, reader: Reader) -> Cells:
    return (
        Link(record.client, reader.onward.to("client", record.client_slug)),
        record.text,
        record.week_starts_on,
        Link(record.manager, reader.onward.person(record.manager_id, record.manager_slug)),
        _result(record),
    )


def _result(record: GoalRecord) -> str:
    """Open after its Sunday counts as missed; added after the lock, it was never promised."""
    told = str(Status(record.status).label)
    if record.status == Status.OPEN:
        told = _("Missed, never closed")
    if record.excused:
        told = _("Postponed, the client kept us waiting")
    return (_("%(told)s, added after the lock") % {"told": told}) if record.unplanned else told


ROWS = {
    "weekly_goal_hit_rate": promised(weekly_goal_hit_rate, Words(later("met"), later("not met"))),
    "weekly_goal_hit_rate_naive": promised(naive_hit_rate, Words(later("met"), later("not met"))),
    "weekly_goal_hit_rate_controllable": promised(
        controllable_hit_rate, Words(later("met"), later("not met"))
    ),
    "weekly_goals_goalless": promised(
        goalless_share, Words(later("serves none"), later("serves a 90-day goal"))
    ),
}
