"""The best third against the others, habit by habit. Needs a numeric library: a worker does it."""

from collections.abc import Iterable
from typing import Any

from metrics.dashboards.coaching.habits import HABITS, Habit, Practice
from metrics.formulas.habits import (
    Contrast,
    Silence,
    contrast_of_means,
    contrast_of_shares,
    top_third,
    winners_habits,
)
from metrics.formulas.ratio import Ratio

FEWEST_MANAGERS = 8
Told = dict[str, Any]


def compared(practices: list[Practice]) -> Told:
    """JSON: every manager's own numbers, and what is sure about habits; who won is not in it."""
    judged = [one for one in practices if one.score is not None]
    told: Told = {
        "managers": {str(one.manager): one.values for one in practices},
        "judged": len(judged),
        "findings": [],
        "silent": [],
    }
    if len(judged) < FEWEST_MANAGERS:
        return told
    winners, others = top_third({one.manager: one.score for one in judged})
    found = winners_habits(
        _contrast(
            habit,
            [one for one in judged if one.manager in winners],
            [one for one in judged if one.manager in others],
        )
        for habit in HABITS.values()
    )
    told["findings"] = [
        {
            "habit": finding.contrast.habit,
            "winners": finding.contrast.winners,
            "others": finding.contrast.others,
            "difference": finding.contrast.difference,
            "low": finding.contrast.interval.low,
            "high": finding.contrast.interval.high,
            "n": [finding.contrast.winners_n, finding.contrast.others_n],
            "p": finding.p,
            "certain": finding.certain,
        }
        for finding in found.findings
    ]
    told["silent"] = [{"habit": one.habit, "reason": one.reason} for one in found.silent]
    return told


def _contrast(habit: Habit, winners: list[Practice], others: list[Practice]) -> Contrast | Silence:
    if habit.is_share:
        return contrast_of_shares(habit.key, _pooled(habit, winners), _pooled(habit, others))
    return contrast_of_means(habit.key, _known(habit, winners), _known(habit, others))


def _pooled(habit: Habit, practices: Iterable[Practice]) -> Ratio:
    ratios = [one.counts[habit.key] for one in practices if habit.key in one.counts]
    return Ratio(sum(int(r.part) for r in ratios), sum(int(r.whole) for r in ratios))


def _known(habit: Habit, practices: Iterable[Practice]) -> list[float]:
    values = (one.values.get(habit.key) for one in practices)
    return [value for value in values if value is not None]
