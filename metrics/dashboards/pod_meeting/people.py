"""The people of the pod: what they promised and did, what they plan, and how much is on each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.dashboards.portfolio import Line, State
from metrics.formulas.ratio import Ratio
from metrics.formulas.weekly_goals import weekly_goal_hit_rate
from metrics.queries.pods import Member
from metrics.queries.weekly_goals import GoalKind, goals_from_counts
from tasks.models import Promise, WeeklyGoal

TOO_MUCH = 1.5  # times what is done in a usual week


@dataclass(frozen=True, slots=True)
class PersonsGoals:
    """One person's goals of a week, and how many of those promised were hit."""

    name: str
    slug: str
    goals: list[WeeklyGoal]
    hits: Ratio

    @property
    def not_hit(self) -> list[WeeklyGoal]:
        met = WeeklyGoal.Status.MET
        return [goal for goal in self.goals if goal.status != met]


@dataclass(frozen=True, slots=True)
class Plan:
    """A manager's clients with a goal for the coming week, and those without one."""

    name: str
    slug: str
    planned: Ratio
    without: list[Line]


@dataclass(frozen=True, slots=True)
class Load:
    """What waits for a person in the week to plan, beside what they finish in a usual one."""

    name: str
    role: str
    clients: int
    goals: int  # of this week, not marked yet
    due: int
    late: int
    usual: float | None  # tasks finished in a week; None: none in the last four

    @property
    def state(self) -> State:
        if self.usual is None:
            return "none"
        return "watch" if self.due + self.late > self.usual * TOO_MUCH else "good"


def by_person(goals: Sequence[WeeklyGoal]) -> list[PersonsGoals]:
    """By name; each with all that they had set, clients by name."""
    mine: dict[int, list[WeeklyGoal]] = {}
    for goal in goals:
        mine.setdefault(goal.manager_id, []).append(goal)
    found = [
        PersonsGoals(rows[0].manager.name, rows[0].manager.slug, rows, _hits(rows))
        for rows in mine.values()
    ]
    return sorted(found, key=lambda one: one.name)


def _hits(goals: Iterable[WeeklyGoal]) -> Ratio:
    kinds = Counter(GoalKind(goal.status, goal.unplanned) for goal in goals)
    return weekly_goal_hit_rate(goals_from_counts(kinds))


def plans(lines: Sequence[Line], planned: Iterable[WeeklyGoal]) -> list[Plan]:
    """By manager. A client on hold needs no goal."""
    have = {goal.client_id for goal in planned}
    mine: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if not line.paused:
            who = (line.who.manager or "", line.who.manager_slug or "")
            mine.setdefault(who, []).append(line)
    return [
        Plan(
            name,
            slug,
            Ratio(sum(line.id in have for line in clients), len(clients)),
            [line for line in clients if line.id not in have],
        )
        for (name, slug), clients in sorted(mine.items())
    ]


def loads(
    members: Sequence[Member],
    lines: Sequence[Line],
    goals: Iterable[WeeklyGoal],
    late: Iterable[Promise],
    due: Iterable[Promise],
    done: Counter[int],
    weeks: int,
    this_week: date,
) -> list[Load]:
    """Of everybody in the pod, in its order."""
    clients = Counter(line.who.manager_id for line in lines)
    is_open = WeeklyGoal.Status.OPEN
    open_goals = Counter(
        goal.manager_id
        for goal in goals
        if goal.week_starts_on == this_week and goal.status == is_open
    )
    is_late, is_due = (Counter(one.owner_id for one in rows) for rows in (late, due))
    return [
        Load(
            name=one.name,
            role=one.role_word,
            clients=clients[one.id],
            goals=open_goals[one.id],
            due=is_due[one.id],
            late=is_late[one.id],
            usual=done[one.id] / weeks if done[one.id] else None,
        )
        for one in members
    ]
