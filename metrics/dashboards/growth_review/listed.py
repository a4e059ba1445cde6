"""The growth reviews held so far, how many of the clients each reached, and when one is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from metrics.dashboards.portfolio import Line
from metrics.formulas.ratio import Ratio
from tasks.models import Meeting, MeetingTurn

EVERY = timedelta(days=14)
SHOWN = 30
SEVERITY = {"bad": 0, "watch": 1, "none": 2, "good": 3}


@dataclass(frozen=True, slots=True)
class Listed:
    meeting: Meeting
    reviewed: Ratio  # of the clients that were active when it began, which one may see
    is_newest: bool  # of its pod, or of the whole agency

    @property
    def due_on(self) -> date:
        return self.meeting.held_on + EVERY

    @property
    def skipped(self) -> int:
        return int(self.reviewed.whole - self.reviewed.part)


def listed(user: Any) -> list[Listed]:
    """The newest reviews first; of each, the turns of the clients a person may see."""
    counts = (
        MeetingTurn.objects.visible_to(user)
        .order_by()
        .values("meeting")
        .annotate(turns=Count("pk"), seen=Count("pk", filter=Q(reviewed_at__isnull=False)))
    )
    by_meeting = {row["meeting"]: Ratio(row["seen"], row["turns"]) for row in counts}
    held = Meeting.objects.filter(kind=Meeting.Kind.GROWTH, pk__in=by_meeting)
    rows = list(held.select_related("pod")[:SHOWN])
    newest = {row.pod_id: row.pk for row in reversed(rows)}
    return [Listed(row, by_meeting[row.pk], newest[row.pod_id] == row.pk) for row in rows]


def worst_first(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Clients by severity of their pace, the furthest behind first; ties by name."""

    def place(line: Line) -> tuple[int, float, str]:
        ratio = line.pace.ratio if line.pace else None
        return SEVERITY[line.pace_state], 0.0 if ratio is None else ratio, line.who.name

    return [(line.id, line.pace_state) for line in sorted(lines, key=place)]
