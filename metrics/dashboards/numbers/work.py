from collections.abc import Callable
from typing import TypeVar

from metrics.catalogue import Unit
from metrics.dashboards.numbers.facts import Facts
from metrics.formulas.measure import Measure, of_ratio, unknown
from metrics.formulas.on_time import on_time_rate, on_time_rate_adjusted
from metrics.formulas.pace import PaceState
from metrics.formulas.ratio import SMALL_BASE, Ratio
from metrics.formulas.spread import percentile
from metrics.formulas.tactics import decisive_share, tactic_win_loss_ratio, tactic_win_rate
from metrics.formulas.weekly_goals import (
    controllable_hit_rate,
    goalless_share,
    naive_hit_rate,
    weekly_goal_hit_rate,
)

Number = Callable[[Facts], Measure]
T = TypeVar("T")


def clients_on_pace(facts: Facts) -> Measure:
    states = [mine.pace.state for mine in facts.paces]
    judged = sum(state.is_judged for state in states)
    on_pace = sum(state is PaceState.ON for state in states)
    reason = f"no 90-day goal can be judged on {facts.as_of}"
    return of_ratio(Ratio(on_pace, judged), Unit.SHARE, reason)


def _rate(
    fact: Callable[[Facts], T], formula: Callable[[T], Ratio], unit: str, nothing: str
) -> Number:
    """A share of what was counted in the period; `nothing` is the reason when nothing was."""

    def number(facts: Facts) -> Measure:
        return of_ratio(formula(fact(facts)), unit, nothing.format(period=facts.period))

    return number


def wins_for_each_loss(facts: Facts) -> Measure:
    record = facts.tactics
    if not record.decided:
        return unknown(Unit.TIMES, f"no tactic was decided in {facts.period}")
    return of_ratio(tactic_win_loss_ratio(record), Unit.TIMES, record.odds, cases=record.decided)


def _duration(share: float) -> Number:
    def number(facts: Facts) -> Measure:
        value = percentile(facts.durations, share)
        if value is None:
            return unknown(Unit.DAYS, f"no task was finished in {facts.period}")
        count = len(facts.durations)
        return Measure(value=value, unit=Unit.DAYS, whole=count, small_base=count < SMALL_BASE)

    return number


NO_GOALS = "no weekly goal was promised for {period}"
NOTHING_DUE = "no task was due in {period}"
NO_VERDICT = "no tactic was decided in {period}"

NUMBERS: dict[str, Number] = {
    "clients_on_pace": clients_on_pace,
    "weekly_goal_hit_rate": _rate(
        lambda facts: facts.weekly_goals, weekly_goal_hit_rate, Unit.SHARE, NO_GOALS
    ),
    "weekly_goal_hit_rate_naive": _rate(
        lambda facts: facts.weekly_goals, naive_hit_rate, Unit.SHARE, NO_GOALS
    ),
    "weekly_goal_hit_rate_controllable": _rate(
        lambda facts: facts.weekly_goals, controllable_hit_rate, Unit.SHARE, NO_GOALS
    ),
    "weekly_goals_goalless": _rate(
        lambda facts: facts.weekly_goals, goalless_share, Unit.SHARE, NO_GOALS
    ),
    "on_time_rate": _rate(lambda facts: facts.due_tasks, on_time_rate, Unit.SHARE, NOTHING_DUE),
    "on_time_rate_adjusted": _rate(
        lambda facts: facts.due_tasks, on_time_rate_adjusted, Unit.SHARE, NOTHING_DUE
    ),
    "on_time_rate_naive": _rate(
        lambda facts: facts.listed_tasks, lambda listed: listed, Unit.SHARE, NOTHING_DUE
    ),
    "task_duration_median": _duration(0.5),
    "task_duration_p90": _duration(0.9),
    "tactic_win_rate": _rate(lambda facts: facts.tactics, tactic_win_rate, Unit.SHARE, NO_VERDICT),
    "tactic_win_loss_ratio": wins_for_each_loss,
    "tactic_decisive_share": _rate(
        lambda facts: facts.tactics, decisive_share, Unit.SHARE, "no tactic ended in {period}"
    ),
}
