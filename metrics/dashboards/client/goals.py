"""A client's 90-day goals: how far each is, how far it should be, and the course so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from clients.models import ClientGoal, GoalReading
from godview.templatetags.display import number, percent, three_digits, way, with_unit
from metrics.dashboards.portfolio import PACE_STATES, PACE_WORDS, State
from metrics.formulas.pace import Pace, Reading, forecast, pace
from metrics.queries.limits import LimitHistory
from metrics.queries.pace import ClientPace, GoalRow, pace_of_clients


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal as the page shows it."""

    goal: ClientGoal
    pace: Pace
    readings: list[GoalReading]
    stands: bool  # for the client

    @property
    def state(self) -> State:
        return PACE_STATES[self.pace.state]

    @property
    def words(self) -> str:
        return PACE_WORDS[self.pace.state]

    @property
    def now(self) -> Decimal | None:
        return self.readings[-1].value if self.readings else None

    @property
    def now_in_words(self) -> str:
        if self.now is None:
            return _("no reading yet")
        return _("now %(value)s") % {"value": with_unit(self.now, self.goal.unit)}

    @property
    def ratio(self) -> str:
        return "" if self.pace.ratio is None else number(self.pace.ratio, 2)

    @property
    def way(self) -> str:
        return way(self.goal.baseline, self.goal.target, self.goal.unit)

    @property
    def ends(self) -> date:
        return self.goal.last_day

    @property
    def now_short(self) -> str:
        return with_unit(self.now, self.goal.unit)

    @property
    def forecast(self) -> str:
        """Where it will be on its last day, should it go on as so far."""
        if not (self.readings and self.pace.state.is_judged):
            return ""
        value = forecast(self.goal.baseline, self.readings[-1].value, self.pace.expected)
        return with_unit(three_digits(value), self.goal.unit)

    def sum_in_words(self) -> str:
        """41% ÷ 60% expected"""
        told = {"progress": percent(self.pace.progress), "expected": percent(self.pace.expected)}
        return _("%(progress)s ÷ %(expected)s expected") % told


def goal_lines(goals: Sequence[ClientGoal], day: date, off_below: float) -> list[GoalLine]:
    """The goals that run on a day, the one that stands for the client first."""
    running = (goal for goal in goals if goal.starts_on <= day < goal.ends_on)
    lines = [goal_line(goal, day, off_below) for goal in running]
    lines.sort(key=_standing)
    return [
        GoalLine(line.goal, line.pace, line.readings, stands=place == 0)
        for place, line in enumerate(lines)
    ]


def goal_line(goal: ClientGoal, day: date, off_below: float) -> GoalLine:
    """One goal on a day; one that is over, on its last day."""
    day = min(max(day, goal.starts_on), goal.last_day)
    span = (goal.starts_on, goal.ends_on)
    reached = pace(goal.baseline, goal.target, _known(goal, day), *span, day, off_below)
    return GoalLine(goal, reached, list(goal.readings.all()), stands=False)


def _standing(line: GoalLine) -> tuple[bool, bool, float]:
    return (not line.goal.matters_most, not line.pace.state.is_judged, line.pace.ratio or 0.0)


def pace_by_day(
    goals: Sequence[ClientGoal], days: Sequence[date], limits: LimitHistory
) -> list[ClientPace | None]:
    """The client's pace as it was known on each of the days, by the limit of then."""
    found = []
    for day in days:
        rows = [
            GoalRow(
                goal.client_id,
                goal.matters_most,
                goal.baseline,
                goal.target,
                goal.starts_on,
                goal.ends_on,
                _known(goal, day),
            )
            for goal in goals
            if goal.starts_on <= day < goal.ends_on
        ]
        of_client = pace_of_clients(rows, day, limits.on(day)["pace"])
        found.append(next(iter(of_client.values()), None))
    return found


def _known(goal: ClientGoal, day: date) -> Reading | None:
    known = [row for row in goal.readings.all() if row.read_on <= day]
    return Reading(known[-1].value, known[-1].read_on) if known else None
