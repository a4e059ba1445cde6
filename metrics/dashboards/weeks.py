"""What became of the weeks of a team or a person, counted once for as long as it stays true."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from clients.models import Assignment, Touchpoint
from godview.periods import Period
from metrics.formulas.ratio import Ratio
from metrics.formulas.weekly_goals import WeeklyGoals
from metrics.memory import remembered
from metrics.queries import pods, weeks
from metrics.queries.scopes import Scope
from metrics.queries.stamps import Stamp, Stamps
from metrics.queries.weeks import GoalWeek
from tasks.models import AsanaUser, Project, PromiseEvent, Task, WeeklyGoal


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks from Monday to Monday, as far as the stamps tell that nothing has changed."""

    stamps: Stamps
    period: Period

    def goals(self, scope: Scope) -> dict[date, GoalWeek]:
        return _goals(self.stamps.of(WeeklyGoal, Assignment), scope, self.period)

    def contacts(self, scope: Scope) -> Counter[date]:
        return _contacts(self.stamps.of(Touchpoint, Assignment), scope, self.period)

    def on_time(self, scope: Scope) -> dict[date, Ratio]:
        models = (Task, Project, AsanaUser, Assignment, PromiseEvent)
        return _on_time(self.stamps.of(*models), scope, self.period)

    def goals_by_pod(self) -> dict[int, WeeklyGoals]:
        return _goals_by_pod(self.stamps.of(WeeklyGoal, Assignment), self.period)


@remembered(128)
def _goals(stamp: Stamp, scope: Scope, period: Period) -> dict[date, GoalWeek]:
    return weeks.goals_by_week(scope, period)


@remembered(128)
def _contacts(stamp: Stamp, scope: Scope, period: Period) -> Counter[date]:
    return weeks.contacts_by_week(scope, period)


@remembered(128)
def _on_time(stamp: Stamp, scope: Scope, period: Period) -> dict[date, Ratio]:
    return weeks.on_time_by_week(scope, period)


@remembered(4)
def _goals_by_pod(stamp: Stamp, period: Period) -> dict[int, WeeklyGoals]:
    return pods.goals_by_pod(period)
