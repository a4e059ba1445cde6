"""Each pod's last meeting, and when the next one is due: a week later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clients.models import Pod
from godview.periods import WEEK
from metrics.queries.pod_meeting import last_meetings
from tasks.models import Meeting


@dataclass(frozen=True, slots=True)
class PodsTurn:
    """A pod, and the last of its meetings; None: it has not met yet."""

    pod: Pod
    last: Meeting | None
    day: date

    @property
    def due_on(self) -> date | None:
        return self.last.held_on + WEEK if self.last else None

    @property
    def is_on(self) -> bool:
        """Begun today and not ended."""
        return (
            self.last is not None and self.last.ended_at is None and self.last.held_on == self.day
        )

    @property
    def is_due(self) -> bool:
        return self.due_on is not None and self.due_on <= self.day


def turns_of_pods(pods: Sequence[Pod], day: date) -> list[PodsTurn]:
    last = last_meetings([pod.pk for pod in pods], day)
    return [PodsTurn(pod, last.get(pod.pk), day) for pod in pods]


def due_today(pods: Iterable[int], day: date) -> list[PodsTurn]:
    """Of these pods, those whose meeting is on or due. One that never met is not reminded."""
    turns = [PodsTurn(one.pod, one, day) for one in last_meetings(pods, day).values() if one.pod]
    return sorted(
        (turn for turn in turns if turn.is_on or turn.is_due), key=lambda turn: turn.pod.name
    )
