"""Will we reach this goal? One 90-day goal with its course, its weeks and what was tried."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import ClientGoal, Pivot
from godview.templatetags.display import day as on_day
from godview.templatetags.display import percent, with_unit
from metrics.charts.goal_course import goal_course
from metrics.dashboards.client.goals import GoalLine, goal_line
from metrics.dashboards.client.tactics import TacticLine, tactic_lines
from metrics.formulas.pace import PaceState
from metrics.queries import goal as queries
from tasks.models import PromiseEvent, WeeklyGoal

GOAL_DAYS = 90


@dataclass(frozen=True, slots=True)
class GoalPage:
    line: GoalLine
    day: date
    lead: str
    figure: dict[str, Any] | None
    weekly: list[WeeklyGoal]
    hit: str
    tactics: list[TacticLine]
    pivots: list[Pivot]
    changes: list[PromiseEvent]

    @property
    def goal(self) -> ClientGoal:
        return self.line.goal

    @property
    def day_of_goal(self) -> int:
        """The how manieth day of it is this? Before and after it, its first and its last."""
        return max(1, min(GOAL_DAYS, (self.day - self.goal.starts_on).days + 1))

    @property
    def length(self) -> int:
        return (self.goal.ends_on - self.goal.starts_on).days

    @property
    def is_over(self) -> bool:
        return self.day >= self.goal.ends_on

    @property
    def expected_now(self) -> str:
        """Where the number should be today, should it move as planned."""
        goal, share = self.goal, self.line.pace.expected
        if share is None:
            return ""
        value = float(goal.baseline) + float(share) * float(goal.target - goal.baseline)
        return with_unit(round(value, 2), goal.unit)


def goal_page(goal: ClientGoal, day: date, off_below: float) -> GoalPage:
    line = goal_line(goal, day, off_below)
    weekly = queries.weekly_goals_for(goal, day)
    return GoalPage(
        line=line,
        day=day,
        lead=_lead(line, day),
        figure=goal_course(goal, line.readings, min(day, line.ends), line.state),
        weekly=weekly,
        hit=_hit(weekly),
        tactics=tactic_lines(queries.tactics_during(goal, day)),
        pivots=queries.pivots_of(goal, day),
        changes=queries.changes_of(goal),
    )


def _lead(line: GoalLine, day: date) -> str:
    """The answer in one sentence."""
    goal, last = line.goal, line.now
    told = {
        "value": with_unit(last, goal.unit),
        "target": with_unit(goal.target, goal.unit),
        "day": on_day(line.ends, day),
        "forecast": line.forecast,
        "progress": percent(line.pace.progress),
        "expected": percent(line.pace.expected),
    }
    if last is None:
        return _("Nobody can say yet: no reading. Add today's value, it takes a few seconds.")
    if goal.is_reached_by(last):
        return _("Reached: %(value)s, and %(target)s was agreed.") % told
    if day >= goal.ends_on:
        return _("Not reached: %(value)s on the last day, and %(target)s was agreed.") % told
    if not line.pace.state.is_judged:
        return _("Too early to say: in the first two weeks a number says little.")
    if line.pace.state is PaceState.ON:
        return _("Yes, if it goes on like this: %(forecast)s by %(day)s, %(target)s agreed.") % told
    return _("Not at this pace: %(forecast)s by %(day)s, %(target)s was agreed.") % told


def _hit(weekly: list[WeeklyGoal]) -> str:
    """How many of the weeks' promises for it were kept, of those that are closed."""
    closed = [goal for goal in weekly if not goal.unplanned and goal.status != "open"]
    met = sum(goal.status == WeeklyGoal.Status.MET for goal in closed)
    sentence = ngettext(
        "%(met)s of %(count)s closed goal hit", "%(met)s of %(count)s closed goals hit", len(closed)
    )
    return sentence % {"met": met, "count": len(closed)} if closed else ""
