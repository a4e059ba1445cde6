"""The habits of each manager over thirteen weeks, and whether its clients stay and reach goals."""

from dataclasses import dataclass
from datetime import date

from clients.models import Staff
from godview.access import Role
from godview.periods import Period, full_weeks_before, trailing
from godview.translating.later import later as _
from metrics.dashboards.numbers import NUMBERS, Facts
from metrics.dashboards.portfolio import Line
from metrics.formulas.ratio import Ratio
from metrics.queries.habits import first_weeks_by_manager, touches_by_manager
from metrics.queries.scopes import Scope

WEEKS = 13


@dataclass(frozen=True, slots=True)
class Habit:
    """`metric` is what it is in the catalogue, where it stands there."""

    key: str
    name: str
    words: str
    is_share: bool
    lower_is_better: bool = False
    metric: str = ""


HABITS: dict[str, Habit] = {
    habit.key: habit
    for habit in (
        Habit("contact_cadence", _("Contacts"), _("contacts per client and week"), False),
        Habit(
            "lead_time", _("Lead time"), _("days from start to done, the middle task"), False, True,
            "task_duration_median",
        ),
        Habit(
            "first_weeks",
            _("First two weeks"),
            _("goals met in a new client's first two weeks"),
            True,
        ),
        Habit(
            "postponements",
            _("Postponements"),
            _("promises put off"),
            True,
            True,
            "postponement_rate",
        ),
        Habit(
            "on_time", _("On time"), _("tasks done by the first day"), True, False, "on_time_rate"
        ),
        Habit(
            "training", _("Training"), _("average score of required modules"), False, False,
            "training_score",
        ),
    )
}  # fmt: skip
OUTCOMES = ("client_retention_rate", "weekly_goal_hit_rate")


@dataclass(frozen=True, slots=True)
class Practice:
    """One manager: how each habit is, and what came of it."""

    manager: int
    score: float | None  # mean of retention over a year and goals hit over thirteen weeks
    values: dict[str, float | None]
    counts: dict[str, Ratio]


def practised_in(day: date) -> Period:
    """The thirteen full weeks before the day."""
    weeks = full_weeks_before(day, WEEKS)
    return Period(weeks[0].start, weeks[-1].end)


def practices(lines: tuple[Line, ...], day: date) -> list[Practice]:
    """Of everybody who answers for clients on the day, and worked here for thirteen weeks."""
    period = practised_in(day)
    touches, year = touches_by_manager(period), trailing("year", day)
    first = first_weeks_by_manager(year)
    clients: dict[int, int] = {}
    for line in lines:
        if line.who.manager_id is not None:
            clients[line.who.manager_id] = clients.get(line.who.manager_id, 0) + 1
    managers = Staff.objects.filter(pk__in=clients, role=Role.ACCOUNT_MANAGER)
    return [
        _practice(
            Scope("manager", manager.pk, manager.name),
            (period, year),
            day,
            touches.get(manager.pk, 0) / WEEKS / clients[manager.pk],
            first.get(manager.pk, Ratio(0, 0)),
        )
        for manager in managers.order_by("pk")
        if manager.started_on is None or manager.started_on <= period.start
    ]


def _practice(
    scope: Scope, periods: tuple[Period, Period], day: date, cadence: float, first: Ratio
) -> Practice:
    facts, yearly = Facts(scope, periods[0], day), Facts(scope, periods[1], day)
    values: dict[str, float | None] = {"contact_cadence": cadence, "first_weeks": first.value}
    counts = {"first_weeks": first}
    for habit in HABITS.values():
        if habit.metric:
            found = NUMBERS[habit.metric](facts)
            values[habit.key] = None if found.value is None else float(found.value)
            if habit.is_share:
                counts[habit.key] = Ratio(found.part or 0, found.whole or 0)
    kept = NUMBERS["client_retention_rate"](yearly).value
    hit = NUMBERS["weekly_goal_hit_rate"](facts).value
    score = None if kept is None or hit is None else (float(kept) + float(hit)) / 2
    return Practice(int(scope.id or 0), score, values, counts)
