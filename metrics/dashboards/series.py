"""A number week by week or month by month, for years: each kind of fact is read once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from godview.periods import WEEK, Period, add_months, monday_of
from metrics.dashboards.numbers import measure_of
from metrics.dashboards.past import Moment, Past
from metrics.dashboards.snapshots import kept
from metrics.formulas.measure import Measure
from metrics.queries.known import as_known_on
from metrics.queries.scopes import Scope
from metrics.queries.stamps import read_stamps

STEPS = ("week", "month")
LONGEST = 260  # five years of weeks


@dataclass(frozen=True, slots=True)
class Point:
    """What happened in the week or month, and how things stood at its end."""

    period: Period
    as_of: date
    measures: dict[str, Measure]


def series(
    scope: Scope,
    step: str,
    count: int,
    as_of: date,
    keys: Iterable[str],
    known_on: date | None = None,
) -> list[Point]:
    """The last `count` whole weeks or months that were over on `as_of`, oldest first."""
    wanted, asked = list(keys), moments(step, count, as_of)
    found = kept(scope, asked, wanted) if known_on is None else {}
    with as_known_on(known_on):
        missing = [moment for moment in asked if moment not in found]
        for facts in Past(scope, missing, read_stamps()).facts() if missing else ():
            told = {key: measure_of(key, facts, known_on) for key in wanted}
            found[Moment(facts.period, facts.as_of)] = told
    return [Point(moment.period, moment.as_of, found[moment]) for moment in asked]


def moments(step: str, count: int, as_of: date) -> list[Moment]:
    if step == "week":
        last = monday_of(as_of)
        ends = [last - WEEK * back for back in range(count)]
        found = [Moment(Period(end - WEEK, end), end) for end in ends]
    else:
        last = as_of.replace(day=1)
        ends = [add_months(last, -back) for back in range(count)]
        found = [Moment(Period(add_months(end, -1), end), end) for end in ends]
    return found[::-1]
