"""In which month of the relationship do clients leave, counting those who are still here?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt
from typing import NamedTuple

from godview.periods import add_months
from metrics.formulas.ratio import Z_95, Interval, Ratio


class Lived(NamedTuple):
    """One spell of a client in full months of the relationship.

    `entered` is above 0 for a client who was already with us when our records begin: it is seen
    only from then on, and those like it who left earlier are not in the records at all.
    """

    entered: int
    lived: int
    left: bool  # False: still here, or lost from sight: all we know is that it lived so long

    @property
    def first(self) -> int:
        """The first month that was seen from its beginning."""
        return self.entered + 1 if self.entered > 0 else 0

    def could_leave_in(self, month: int) -> bool:
        return self.first <= month <= self.lived

    def left_in(self, month: int) -> bool:
        return self.left and self.lived == month and self.first <= month


class CurveMonth(NamedTuple):
    """One month of the relationship: who could leave in it, who did, and who is left."""

    month: int
    at_risk: int
    lost: int
    survival: float  # share still here after the month
    se: float | None  # Greenwood's; None once nobody is left
    low: float | None  # 95 % band at this month; None before the first loss and once all are gone
    high: float | None
    dbtr: float  # share of all clients that leave in this month

    @property
    def hazard(self) -> Ratio:
        """Of those who came so far, the share that leaves in this month."""
        return Ratio(self.lost, self.at_risk)


@dataclass(frozen=True, slots=True)
class Curve:
    """How many clients are still here after so many months: Kaplan and Meier's estimate."""

    months: tuple[CurveMonth, ...]  # 0, 1, 2 ... up to the last month in which somebody was seen
    clients: int
    lost: int
    unseen: int  # came into the records in the month in which they also vanish: no month is seen

    def at(self, month: int) -> CurveMonth | None:
        """The state after a month; None before the records begin and after they end."""
        return self.months[month] if 0 <= month < len(self.months) else None

    @property
    def median(self) -> int | None:
        """The month by which half of the clients have left; None while more than half stay."""
        return next((row.month for row in self.months if row.survival <= 0.5), None)


def months_of(start: date, end: date) -> int:
    """Full months between two days: 31 January to 28 February is one, to 27 February none."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def survival_curve(spells: Iterable[Lived], z: float = Z_95) -> Curve:
    """Share of the clients still here after each month of the relationship.

    Clients still here count for as long as they have been seen, and those taken over from older
    records only from then on. Who leaves in the month in which another is last seen leaves first.

    Unit:    share; months are full months since the start.
    Unknown: no spells, no curve (`months` is empty).
    Error:   Greenwood's standard error; bands by the log of minus the log, for one month at a time.
             Where older clients enter late, few are at risk in the first months: read the counts.
    Source:  docs/definitions.md, 10: Kaplan and Meier (1958), Greenwood (1926); statsmodels
             `SurvfuncRight`.
    """
    counted = Counter(spells)
    last = max((spell.lived for spell in counted), default=-1)
    enters, ends, losses = [0] * (last + 2), [0] * (last + 2), [0] * (last + 2)
    unseen = 0
    for spell, n in counted.items():
        first, (_, lived, left) = spell.first, spell
        if first > lived:
            unseen += n
            continue
        enters[first] += n
        ends[lived + 1] += n
        losses[lived] += n * left
    rows = _rows(enters, ends, losses, z) if any(enters) else ()
    return Curve(rows, counted.total(), sum(losses), unseen)


def _rows(
    enters: list[int], ends: list[int], losses: list[int], z: float
) -> tuple[CurveMonth, ...]:
    rows: list[CurveMonth] = []
    at_risk, survival, greenwood = 0, 1.0, 0.0
    error: tuple[float | None, float | None, float | None] = (0.0, None, None)
    for month in range(len(enters) - 1):
        at_risk += enters[month] - ends[month]
        lost, before = losses[month], survival
        if lost:
            survival *= 1 - lost / at_risk
            if lost < at_risk:
                greenwood += lost / (at_risk * (at_risk - lost))
            error = _error(survival, greenwood, z)
        rows.append(CurveMonth(month, at_risk, lost, survival, *error, before - survival))
    return tuple(rows)


def _error(
    survival: float, greenwood: float, z: float
) -> tuple[float | None, float | None, float | None]:
    if survival <= 0:
        return None, None, None
    root = sqrt(greenwood)
    # On this scale the band cannot leave 0 to 1, and is honest for a dozen clients, too.
    reach = exp(z * root / abs(log(survival)))
    return survival * root, survival**reach, survival ** (1 / reach)


class RestrictedMean(NamedTuple):
    """Months a client stays on average within a horizon, and where the truth probably lies."""

    months: float
    se: float
    interval: Interval


def restricted_mean(curve: Curve, horizon: int, z: float = Z_95) -> RestrictedMean | None:
    """Mean months with us within the first `horizon` months: the area under the curve.

    Unlike a mean lifetime it needs no guess about those who are still here.

    Unit:    months, at most the horizon.
    Unknown: nobody has been seen for so long (and not all have left before).
    Error:   `se`, by Greenwood's way.
    Source:  docs/definitions.md, 10: the example within 12 months is 8.75.
    """
    rows = curve.months
    if horizon < 1 or not rows or (len(rows) < horizon and rows[-1].survival > 0):
        return None
    rows = rows[:horizon]
    area = sum(row.survival for row in rows)
    variance, ahead = 0.0, area
    for row in rows:
        if 0 < row.lost < row.at_risk:
            variance += ahead**2 * row.lost / (row.at_risk * (row.at_risk - row.lost))
        ahead -= row.survival
    se = sqrt(variance)
    return RestrictedMean(
        area, se, Interval(max(0.0, area - z * se), min(float(horizon), area + z * se))
    )
