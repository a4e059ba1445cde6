"""The columns of the list of tests: how they sort, and what their CSV holds."""

from collections.abc import Iterable
from typing import Any

import django_tables2 as tables

from godview.translating.later import later
from metrics.dashboards.experiments.lines import Line
from metrics.dashboards.experiments.page import ExperimentPage
from metrics.dashboards.experiments.words import WORDS

RIGHT = {"th": {"class": "num"}}
UNKNOWN_LAST = -9.0
RANKS = {state: place for place, state in enumerate(WORDS)}


class TestsTable(tables.Table):
    __test__ = False

    client = tables.Column(later("Client"), order_by=("client", "name"))
    name = tables.Column(later("Test"))
    designer = tables.Column(later("Designer"), order_by=("designer", "client"))
    metric = tables.Column(later("Goal metric"), order_by=("metric", "client"))
    days = tables.Column(later("Days"), attrs=RIGHT)
    visitors = tables.Column(later("Visitors"), attrs=RIGHT)
    picture = tables.Column("−20%, 0, +35%", orderable=False, attrs={"th": {"class": "axis"}})
    lift = tables.Column(later("Lift"), attrs=RIGHT)
    confidence = tables.Column(later("Confidence"), attrs=RIGHT, order_by=("confidence", "sample"))
    state = tables.Column(later("Result"), order_by=("state", "client"))

    class Meta:
        orderable = True


def table_row(line: Line) -> dict[str, Any]:
    """Raw values to sort by; what is unknown sorts below everything."""
    return {
        "line": line,
        "client": line.client.name.casefold(),
        "name": line.record.name.casefold(),
        "designer": line.record.designer_name.casefold(),
        "metric": line.record.metric.casefold(),
        "days": line.days,
        "visitors": line.visitors or 0,
        "picture": None,
        "lift": UNKNOWN_LAST if line.lift is None else line.lift,
        "confidence": UNKNOWN_LAST if line.confidence is None else line.confidence,
        "sample": line.sample.value,
        "state": RANKS[line.state],
    }


CSV_HEADER = (
    "client", "test", "designer", "goal_metric", "rule", "confidence_asked_for", "started_on",
    "ended_on", "days", "visitors", "planned_per_arm", "sample_share", "lift", "lift_low",
    "lift_high", "confidence", "result", "result_as_planned", "decided_on", "reasons",
)  # fmt: skip


def csv_row(line: Line, alpha: float | None) -> tuple[Any, ...]:
    """Raw numbers and ISO dates."""
    plan, seen = line.record.plan, line.leading
    reach = seen.lift_interval if seen else None
    decided = line.read.decided_on
    return (
        line.client.name,
        line.record.name,
        line.record.designer_name,
        line.record.metric,
        plan.rule.value,
        round(1 - (plan.alpha if alpha is None else alpha), 4),
        plan.started_on.isoformat(),
        plan.ended_on.isoformat() if plan.ended_on else None,
        line.days,
        line.visitors,
        plan.planned_visitors,
        _short(line.sample.value),
        _short(line.lift),
        _short(reach.low if reach else None),
        _short(reach.high if reach else None),
        _short(line.confidence),
        line.state.value,
        line.planned.state.value,
        decided.isoformat() if decided else None,
        "; ".join(line.reasons),
    )


READINGS_HEADER = ("client", "experiment", "arm", "read_on", "visitors", "conversions")


def readings_csv(page: ExperimentPage) -> Iterable[tuple[Any, ...]]:
    """Every reading of one test, in the columns in which an import takes them."""
    client, name = page.row.client.external_id, page.row.name
    for day, read in page.readings:
        for arm in page.record.arms:
            if cell := read.get(arm.id):
                yield client, name, arm.name, day, cell.visitors, cell.conversions


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
