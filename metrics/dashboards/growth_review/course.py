"""How far a growth review has come, and about how long the rest of it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tasks.models import Decision, MeetingTurn


@dataclass(frozen=True, slots=True)
class Course:
    gone: int  # seconds since it began
    here: int  # seconds on this client so far
    decisions: int
    left: int  # clients
    minutes_left: int | None  # None: no client was timed yet

    @property
    def minutes(self) -> int:
        return self.gone // 60


def course(turn: MeetingTurn, turns: Sequence[MeetingTurn], now: datetime) -> Course:
    """What is left takes as long for each client as those before did in the mean."""
    timed = [one.seconds for one in turns if one.reviewed_at and one.seconds]
    left = sum(one.reviewed_at is None for one in turns)
    each = sum(timed) / len(timed) if timed else None
    clients = [one.client_id for one in turns]
    gone = (turn.meeting.ended_at or now) - turn.meeting.started_at
    return Course(
        gone=max(0, int(gone.total_seconds())),
        here=turn.seconds,
        decisions=Decision.objects.filter(meeting=turn.meeting, client__in=clients).count(),
        left=left,
        minutes_left=None if each is None else round(each * left / 60),
    )
