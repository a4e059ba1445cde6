"""The columns of the tactics page: how they sort, and what their CSV holds."""

from typing import Any

import django_tables2 as tables

from godview.translating.later import later
from metrics.dashboards.tactics import TacticGroup
from metrics.queries.tactics import TacticRow

RIGHT = {"th": {"class": "num"}}
UNKNOWN_LAST = -1.0


class TacticsTable(tables.Table):
    name = tables.Column(later("Name"))
    dots = tables.Column(later("Won and lost, newest last"), order_by="closed")
    odds = tables.Column(later("Won : lost"), attrs=RIGHT, order_by=("wins", "losses"))
    rate = tables.Column(later("Won"), attrs=RIGHT)
    likely = tables.Column(later("Likely between"), attrs={"th": {"class": "plot"}}, order_by="low")
    rank = tables.Column(later("Evened out"), attrs=RIGHT)
    decisive = tables.Column(later("Clear result"), attrs=RIGHT)
    running = tables.Column(later("Running"), attrs=RIGHT)

    class Meta:
        orderable = True


def table_row(group: TacticGroup) -> dict[str, Any]:
    """Raw values to sort by; what is unknown sorts below everything."""
    rate, likely, decisive = group.rate.value, group.likely, group.decisive.value
    return {
        "group": group,
        "name": group.name.casefold(),
        "dots": None,
        "closed": group.record.closed,
        "odds": None,
        "wins": group.record.wins,
        "losses": -group.record.losses,
        "rate": UNKNOWN_LAST if rate is None else rate,
        "likely": None,
        "low": UNKNOWN_LAST if likely is None else likely.low,
        "rank": group.rank if group.record.decided else UNKNOWN_LAST,
        "decisive": UNKNOWN_LAST if decisive is None else decisive,
        "running": group.running,
    }


CSV_HEADER = (
    "grouped_by", "name", "won", "lost", "no_difference", "running", "win_rate", "low", "high",
    "evened_out", "clear_result", "clients",
)  # fmt: skip


def csv_row(group: TacticGroup, by: str) -> tuple[Any, ...]:
    record, likely = group.record, group.likely
    return (
        by,
        group.name,
        record.wins,
        record.losses,
        record.inconclusive,
        group.running,
        _short(group.rate.value),
        _short(likely.low if likely else None),
        _short(likely.high if likely else None),
        _short(group.rank if record.decided else None),
        _short(group.decisive.value),
        group.clients,
    )


ROWS_HEADER = (
    "client", "tactic", "manager", "pod", "industry", "started_on", "ended_on", "result",
)  # fmt: skip


def rows_row(row: TacticRow) -> tuple[Any, ...]:
    """One tactic behind a number."""
    team = (row.manager, row.pod, row.industry)
    return (row.client, row.name, *team, row.started_on, row.ended_on, row.outcome)


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
