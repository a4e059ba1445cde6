"""One client's turn: its goals against pace, its tactics, and what came of the last decisions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from clients.models import Client
from godview.periods import Period
from metrics.dashboards.client.goals import GoalLine, goal_lines
from metrics.dashboards.client.tactics import TacticLine, tactic_lines
from metrics.dashboards.portfolio import Line, all_lines
from metrics.queries.client import deadlines_moved, goals_with_readings, tactics
from metrics.queries.limits import limits_on
from metrics.queries.stamps import read_stamps
from tasks.models import Decision, MeetingTurn

RECENT = timedelta(days=91)
DECISIONS = 3


@dataclass(frozen=True, slots=True)
class Slide:
    client: Client
    line: Line | None
    goals: list[GoalLine]
    tactics: list[TacticLine]
    decided_before: list[Decision]
    since: date
    moved: int
    decision: Decision | None
    day: date


def slide(turn: MeetingTurn, now: datetime) -> Slide:
    day, client = timezone.localdate(now), turn.client
    stamps = read_stamps()
    before = client.decisions.filter(meeting__held_on__lt=turn.meeting.held_on)
    decided = list(before.select_related("meeting", "weekly_goal")[:DECISIONS])
    since = decided[0].meeting.held_on if decided else day - timedelta(days=14)
    until = Period(since, day + timedelta(days=1))
    goals = goals_with_readings(client, day, day)
    return Slide(
        client=client,
        line=next((line for line in all_lines(stamps, day) if line.id == client.pk), None),
        goals=goal_lines(goals, day, limits_on(stamps, day)["pace"]),
        tactics=tactic_lines(tactics(client, Period(day - RECENT, until.end))),
        decided_before=decided,
        since=since,
        moved=sum(deadlines_moved(client, until).values()),
        decision=Decision.objects.filter(meeting=turn.meeting, client=client).first(),
        day=day,
    )
