"""Do clients of one kind stay longer than those of another, or is it chance?"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from metrics.formulas.chi_square import chi_square_p
from metrics.formulas.survival import Curve


@dataclass(frozen=True, slots=True)
class SegmentLosses:
    """Clients lost in a segment, and how many it would be if all segments lost alike."""

    lost: int
    expected: float


@dataclass(frozen=True, slots=True)
class LogRank:
    statistic: float
    df: int
    p: float
    segments: dict[Hashable, SegmentLosses]


def log_rank(curves: Mapping[Hashable, Curve]) -> LogRank | None:
    """Test whether the segments lose their clients at the same pace.

    Unit:    chi-square statistic, degrees of freedom, probability by chance.
    Unknown: fewer than two segments are ever at risk in a month with a loss.
    Error:   says little with under ten losses; weak when the curves cross. For several tests at
             once, correct by Holm's rule.
    Source:  docs/definitions.md, 10: Mantel (1966); statsmodels `survdiff`.
    """
    lost = dict.fromkeys(curves, 0)
    expected = dict.fromkeys(curves, 0.0)
    keys = list(curves)
    covariance = [[0.0] * len(keys) for _ in keys]
    for month in range(max((len(curve.months) for curve in curves.values()), default=0)):
        _add_month(curves, month, lost, expected, covariance)
    compared = [i for i, key in enumerate(keys) if covariance[i][i] > 0]
    if len(compared) < 2:
        return None
    statistic, df = _statistic(
        [lost[keys[i]] - expected[keys[i]] for i in compared],
        [[covariance[i][j] for j in compared] for i in compared],
    )
    segments = {keys[i]: SegmentLosses(lost[keys[i]], expected[keys[i]]) for i in compared}
    return LogRank(statistic, df, chi_square_p(statistic, df), segments)


def _add_month(
    curves: Mapping[Hashable, Curve],
    month: int,
    lost: dict[Hashable, int],
    expected: dict[Hashable, float],
    covariance: list[list[float]],
) -> None:
    rows = [curve.at(month) for curve in curves.values()]
    at_risk = [row.at_risk if row else 0 for row in rows]
    losses = [row.lost if row else 0 for row in rows]
    n, d = sum(at_risk), sum(losses)
    if not d:
        return
    spread = d * (n - d) / (n - 1) if n > 1 else 0.0
    for i, key in enumerate(curves):
        share = at_risk[i] / n
        lost[key] += losses[i]
        expected[key] += d * share
        for j in range(len(rows)):
            covariance[i][j] += spread * share * ((i == j) - at_risk[j] / n)


def _statistic(surplus: list[float], covariance: list[list[float]]) -> tuple[float, int]:
    """The surpluses add up to 0, so one segment is left out; the last one, as good as any."""
    if len(surplus) == 2:
        return surplus[0] ** 2 / covariance[0][0], 1
    import numpy as np

    inner = np.array(covariance)[:-1, :-1]
    apart = np.array(surplus[:-1])
    # Segments that never meet in one month with a loss leave less to compare than they count.
    df = int(np.linalg.matrix_rank(inner))
    return float(apart @ np.linalg.pinv(inner) @ apart), df
