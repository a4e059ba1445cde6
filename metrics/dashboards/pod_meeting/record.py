"""What stays of a meeting: how long it took, who was talked about, what was said and decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from godview.periods import monday_of
from metrics.dashboards.pod_meeting.topics import Topic, topics_of
from metrics.formulas.ratio import Ratio
from tasks.models import Decision, Meeting, MeetingTurn, Risk, WeekNote


@dataclass(frozen=True, slots=True)
class Record:
    meeting: Meeting
    topics: list[Topic]
    turns: list[MeetingTurn]
    decisions: list[Decision]
    notes: list[WeekNote]
    risks: list[Risk]

    @property
    def talked_about(self) -> Ratio:
        return Ratio(sum(turn.reviewed_at is not None for turn in self.turns), len(self.turns))

    @property
    def skipped(self) -> list[MeetingTurn]:
        return [turn for turn in self.turns if turn.reviewed_at is None]

    @property
    def minutes(self) -> int | None:
        """None while it goes on."""
        if self.meeting.ended_at is None:
            return None
        took = self.meeting.ended_at - self.meeting.started_at
        return int(took.total_seconds()) // 60

    @property
    def lines_of_text(self) -> int:
        return len(self.decisions) + len(self.notes) + len(self.risks) + 3


def record(meeting: Meeting, user: Any, now: datetime) -> Record:
    """Of the clients that `user` may see. Notes are those of the week, as they stand now."""
    turns = MeetingTurn.objects.visible_to(user).filter(meeting=meeting).select_related("client")
    decisions = Decision.objects.visible_to(user).filter(meeting=meeting)
    clients = [turn.client_id for turn in turns]
    notes = WeekNote.objects.filter(
        client__in=clients, week_starts_on=monday_of(meeting.held_on)
    ).exclude(text="")
    risks = Risk.objects.visible_to(user).filter(
        client__assignments__pod=meeting.pod_id,
        told_at__gte=meeting.started_at,
        told_at__lte=meeting.ended_at or now,
    )
    about = ("client", "owner", "weekly_goal")
    return Record(
        meeting=meeting,
        topics=topics_of(meeting, now),
        turns=list(turns.order_by("place")),
        decisions=list(decisions.select_related(*about).order_by("decided_at")),
        notes=list(notes.select_related("client", "staff").order_by("client__name")),
        risks=list(risks.select_related("client", "owner").distinct().order_by("told_at")),
    )
