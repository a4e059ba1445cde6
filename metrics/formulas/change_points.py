"""When did a client's activity change for good, and from what to what?"""

from collections.abc import Sequence
from itertools import pairwise
from math import log
from statistics import fmean, pstdev
from typing import NamedTuple

from metrics.formulas.spread import median

SHORTEST = 4  # weeks that a new level must last to be one
PENALTY = 3.0  # times ln n: what a further change must explain to be believed


class ChangePoint(NamedTuple):
    """From week `at` on (0 is the first), the mean is another one."""

    at: int
    before: float
    after: float


def change_points(values: Sequence[float]) -> list[ChangePoint]:
    """The weeks from which on the mean is another one, oldest first.

    One odd week, such as a trade fair, is no change. Of all ways to cut the weeks into stretches
    of an even level it is the one with the least squared error, where each further cut costs three
    times ln n variances.

    Unit:    places in the list, and the index before and after.
    Unknown: under eight weeks, or if nothing ever changed, there are none.
    Error:   the week may be off by one or two; a slow slide is shown as one or two steps.
    Source:  docs/definitions.md, 26: Yao (1988), Jackson et al. (2005) on optimal partitioning.
    """
    noise = _variance(values)
    if len(values) < 2 * SHORTEST or noise == 0:
        return []
    cuts = _best_cuts(_without_odd_weeks(values), PENALTY * log(len(values)) * noise)
    edges = [0, *cuts, len(values)]
    levels = [fmean(values[a:b]) for a, b in pairwise(edges)]
    return [
        ChangePoint(cut, before, after)
        for cut, (before, after) in zip(cuts, pairwise(levels), strict=True)
    ]


def _without_odd_weeks(values: Sequence[float]) -> list[float]:
    """The middle of each three neighbours: it drops single peaks and keeps steps where they are."""
    inner = [sorted(values[i - 1 : i + 2])[1] for i in range(1, len(values) - 1)]
    return [values[0], *inner, values[-1]]


def _variance(values: Sequence[float]) -> float:
    """From week to week, so that a change of level does not pass for noise."""
    steps = [b - a for a, b in pairwise(values)]
    if not steps:
        return 0.0
    middle = median([abs(step) for step in steps]) or 0.0
    # The middle step of a normal noise is 0.9539 standard deviations long. Where most weeks are
    # like the one before it is 0, and says nothing.
    return (middle / 0.9539) ** 2 or pstdev(steps) ** 2 / 2


def _best_cuts(values: Sequence[float], penalty: float) -> list[int]:
    sums, squares = [0.0], [0.0]
    for value in values:
        sums.append(sums[-1] + value)
        squares.append(squares[-1] + value * value)

    def error(start: int, end: int) -> float:
        total = sums[end] - sums[start]
        return squares[end] - squares[start] - total * total / (end - start)

    least = [-penalty]  # by end: what the best cut of everything before it costs
    cut_before = [0]
    for end in range(1, len(values) + 1):
        starts = [s for s in range(end - SHORTEST + 1) if s == 0 or s >= SHORTEST]
        costs = [(least[s] + error(s, end) + penalty, s) for s in starts]
        cost, start = min(costs, default=(float("inf"), 0))
        least.append(cost)
        cut_before.append(start)
    cuts: list[int] = []
    end = cut_before[-1]
    while end > 0:
        cuts.append(end)
        end = cut_before[end]
    return cuts[::-1]
