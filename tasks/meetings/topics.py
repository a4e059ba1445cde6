"""What a pod talks about every week, for how long, and what of it is behind it already.

A topic that is ticked off leaves a line in the meeting's own history: who ticked it, and when.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tasks.meetings.open import hold_open
from tasks.models import Meeting

# Planned minutes of each, in the order of the agenda.
MINUTES: Final = {"before": 5, "week": 5, "clients": 15, "late": 5, "risks": 5, "plan": 10}
PLANNED_MINUTES: Final = sum(MINUTES.values())
DONE, OPEN = "done", "open"


@dataclass(frozen=True, slots=True)
class Course:
    """How far a meeting has come, and how long each topic took."""

    done: frozenset[str]
    current: str | None
    spent: dict[str, timedelta]


@transaction.atomic
def tick(*, meeting: Meeting, topic: str, done: bool, now: datetime) -> None:
    """A topic is behind us, or open again. To tick it twice says nothing new."""
    if topic not in MINUTES:
        raise ValidationError(_("There is no such topic."))
    row = hold_open(meeting)
    if (topic in course(row, now).done) != done:
        row._change_reason = f"{DONE if done else OPEN}: {topic}"  # type: ignore[attr-defined]
        row._history_date = now  # type: ignore[attr-defined]
        row.save()


def course(meeting: Meeting, now: datetime) -> Course:
    """From the ticks in their order: a topic took as long as it was since the tick before."""
    since, done, spent = meeting.started_at, list[str](), dict[str, timedelta]()
    for word, topic, moment in _ticks(meeting):
        spent[topic] = spent.get(topic, timedelta()) + max(moment - since, timedelta())
        since = max(since, moment)
        done = [one for one in done if one != topic] + ([topic] if word == DONE else [])
    current = next((topic for topic in MINUTES if topic not in done), None)
    if current and meeting.ended_at is None:
        spent[current] = spent.get(current, timedelta()) + max(now - since, timedelta())
    return Course(frozenset(done), current, spent)


def last_tick(meeting: Meeting) -> datetime | None:
    return max((moment for _word, _topic, moment in _ticks(meeting)), default=None)


def _ticks(meeting: Meeting) -> list[tuple[str, str, datetime]]:
    rows = meeting.history.exclude(history_change_reason=None).order_by("history_date", "pk")
    ticks = []
    for reason, moment in rows.values_list("history_change_reason", "history_date"):
        word, _colon, topic = reason.partition(": ")
        if word in (DONE, OPEN) and topic in MINUTES:
            ticks.append((word, topic, moment))
    return ticks
