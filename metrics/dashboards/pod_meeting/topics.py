"""The topics of the agenda in their order, with the minutes planned and gone."""

from dataclasses import dataclass
from datetime import datetime

from godview.translating.later import later
from tasks.meetings.topics import MINUTES, course
from tasks.models import Meeting

NAMES = {
    "before": later("Decided last time"),
    "week": later("Last week’s goals"),
    "clients": later("Clients to talk about"),
    "late": later("Late, and other days asked for"),
    "risks": later("What may go wrong next week"),
    "plan": later("Next week’s plan"),
}


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    name: str
    planned: int  # minutes
    seconds: int  # spent on it so far
    done: bool
    current: bool

    @property
    def minutes(self) -> int:
        return self.seconds // 60

    @property
    def is_over(self) -> bool:
        return self.seconds > self.planned * 60


def topics_of(meeting: Meeting | None, now: datetime) -> list[Topic]:
    gone = course(meeting, now) if meeting else None
    return [
        Topic(
            key=key,
            name=str(NAMES[key]),
            planned=planned,
            seconds=int(gone.spent[key].total_seconds()) if gone and key in gone.spent else 0,
            done=gone is not None and key in gone.done,
            current=gone is not None
            and meeting is not None
            and meeting.ended_at is None
            and key == gone.current,
        )
        for key, planned in MINUTES.items()
    ]
