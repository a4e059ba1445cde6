"""What there is to talk about, from the facts of the day. Whatever is fine is not on it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from clients.models import Pod
from godview.periods import WEEK, Period, monday_of
from metrics.dashboards.cases import open_cases
from metrics.dashboards.onward import Onward
from metrics.dashboards.pod_meeting.people import (
    Load,
    PersonsGoals,
    Plan,
    by_person,
    loads,
    plans,
)
from metrics.dashboards.pod_meeting.points import Point, points_of
from metrics.dashboards.portfolio import Line, lines_for
from metrics.memory import remembered
from metrics.queries import pod_meeting as queries
from metrics.queries.pods import members_by_pod
from metrics.queries.stamps import Stamp, Stamps, read_stamps
from metrics.queries.week import Note, notes_of_week
from tasks.models import (
    Decision,
    Meeting,
    Postponement,
    Promise,
    PromiseEvent,
    Risk,
    Task,
    WeeklyGoal,
)
from tasks.week_clock import WeekClock
from tasks.weeks import last_locked_week

USUAL_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Agenda:
    """The pod's clients that the reader may see, and what there is to say about each topic."""

    day: date
    lines: list[Line]
    before: list[Decision]
    last_week: WeekClock
    goals: list[PersonsGoals]
    open_goals: list[WeeklyGoal]  # of this week
    points: list[Point]
    late: list[Promise]
    asked: list[Postponement]
    risks: list[Risk]
    to_plan: WeekClock
    plans: list[Plan]
    due: list[Promise]  # in the week to plan
    loads: list[Load]

    @property
    def others(self) -> list[Line]:
        """Clients of the pod that are not on the list, by name."""
        there = {point.line.id for point in self.points}
        return [line for line in self.lines if line.id not in there]


def agenda(
    pod: Pod, user: Any, meeting: Meeting | None, last: Meeting | None, now: datetime
) -> Agenda:
    """`last` is the meeting before: what has been decided since is looked at again."""
    day, stamps = timezone.localdate(now), read_stamps()
    lines = [line for line in lines_for(user, stamps, day) if line.who.pod_id == pod.pk]
    ids = [line.id for line in lines]
    this_week, to_close = monday_of(day), last_locked_week(now)
    to_plan = WeekClock(to_close + WEEK, now)
    goals = queries.goals_of(ids, Period(this_week - WEEK, to_plan.monday + WEEK))
    tasks = queries.open_tasks(ids, to_plan.monday + WEEK)
    members = members_by_pod(day, [pod.pk]).get(pod.pk, [])
    usual = Period(this_week - USUAL_WEEKS * WEEK, this_week)
    done = _tasks_done(stamps.of(PromiseEvent, Task), usual)
    due = [one for one in tasks if one.standing.agreed_on >= to_plan.monday]
    late = [one for one in tasks if one.standing.agreed_on < day]
    before = [goal for goal in goals if goal.week_starts_on == this_week - WEEK]
    planned = [goal for goal in goals if goal.week_starts_on == to_plan.monday]
    held = meeting.held_on if meeting else day
    notes = notes_of_week(ids, monday_of(held))
    return Agenda(
        day=day,
        lines=lines,
        before=queries.decided_since(
            ids, last.held_on if last else None, day, meeting.pk if meeting else None
        ),
        last_week=WeekClock(this_week - WEEK, now),
        goals=by_person(before),
        open_goals=[
            goal
            for goal in goals
            if goal.week_starts_on == this_week and goal.status == WeeklyGoal.Status.OPEN
        ],
        points=_points(lines, stamps, meeting, notes, now),
        late=late,
        asked=queries.days_asked_for(ids),
        risks=queries.open_risks(ids),
        to_plan=to_plan,
        plans=plans(lines, planned),
        due=due,
        loads=loads(members, lines, goals, late, due, done, USUAL_WEEKS, this_week),
    )


@remembered(2)
def _tasks_done(stamp: Stamp, weeks: Period) -> Counter[int]:
    return queries.tasks_done(weeks)


def _points(
    lines: Sequence[Line],
    stamps: Stamps,
    meeting: Meeting | None,
    notes: dict[int, Note],
    now: datetime,
) -> list[Point]:
    day = timezone.localdate(now)
    cases = {case.client: case for case in open_cases(lines, stamps, now)}
    return points_of(lines, cases, meeting, notes, day, Onward())
