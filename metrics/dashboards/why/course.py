"""The last thirteen values of a number: week by week or month by month, as fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from godview.drawing import sparkline
from godview.periods import WEEK, Period, add_months, parse_period
from godview.templatetags.display import day as on_day
from godview.templatetags.display import number
from metrics.catalogue import Metric, under
from metrics.dashboards.figures import in_short
from metrics.dashboards.numbers import NUMBERS
from metrics.dashboards.onward import Onward
from metrics.dashboards.past import Moment, PastFacts
from metrics.dashboards.retold import retold
from metrics.dashboards.why import contact, pace, training
from metrics.dashboards.why.words import written
from metrics.formulas.measure import Measure

VALUES = 13
A_FORTNIGHT = 14
SIZE = (960, 72)
# How things stand on a day: these move within a week, the other ones within a month.
WEEKLY = {*contact.ROWS, *pace.ROWS, *training.ROWS}


@dataclass(frozen=True, slots=True)
class Value:
    label: str
    text: str
    told: str
    url: str
    is_breached: bool


@dataclass(frozen=True, slots=True)
class Course:
    """`step` is week or month; `usual` says between what the values before lay."""

    step: str
    values: list[Value]
    line: SafeString
    usual: str


def moments(key: str, period: Period, as_of: date, asked: str) -> list[Moment]:
    """Thirteen days, the one asked for last, each with its period of the same kind.

    `asked` is the period as the address says it: month, quarter, year or START..END.
    """
    found = []
    for back in range(VALUES - 1, -1, -1):
        if step_of(key, period) == "week":
            then, moved = as_of - WEEK * back, _by_weeks(period, back)
        else:
            then, moved = add_months(as_of, -back), _by_months(period, back)
        if ".." not in asked:
            moved = parse_period(asked, then)
        found.append(Moment(moved, then))
    return found


def step_of(key: str, period: Period) -> str:
    return "week" if key in WEEKLY or period.days <= A_FORTNIGHT else "month"


def _by_weeks(period: Period, back: int) -> Period:
    return Period(period.start - WEEK * back, period.end - WEEK * back)


def _by_months(period: Period, back: int) -> Period:
    start, end = add_months(period.start, -back), add_months(period.end, -back)
    return Period(start, max(end, start + (period.end - period.start) / 2))


def course(
    metric: Metric, past: Sequence[PastFacts], scope: str, asked: str, onward: Onward
) -> Course:
    """`past` are the facts of the thirteen moments, oldest first."""
    step = step_of(metric.key, past[-1].period)
    measures = [NUMBERS[metric.key](facts) for facts in past]
    values = [
        _value(metric, facts, measure, step, _address(metric.key, facts, scope, asked, onward))
        for facts, measure in zip(past, measures, strict=True)
    ]
    numbers = [None if m.value is None else float(m.value) for m in measures]
    usual = _usual(numbers[:-1])
    state = "bad" if values[-1].is_breached else "good"
    line = sparkline(numbers, state, metric.threshold, size=SIZE)
    unit = measures[-1].unit
    words = (
        (
            _("%(usual_0)s and %(usual_1)s")
            % {"usual_0": written(usual[0], unit), "usual_1": written(usual[1], unit)}
        )
        if usual
        else ""
    )
    return Course(step, values, line, words)


def _value(metric: Metric, facts: PastFacts, measure: Measure, step: str, url: str) -> Value:
    value = None if measure.value is None else float(measure.value)
    day = facts.as_of
    if step == "week":
        is_a_week = facts.period.days == WEEK.days and metric.key not in WEEKLY
        label = _("wk %(isocalendar_week)s") % {
            "isocalendar_week": (facts.period.start if is_a_week else day).isocalendar().week
        }
    else:
        label = on_day(day, facts.past.days[-1])
    told = retold(measure.reason) if measure.reason else _counts(metric, measure)
    is_breached = under(metric.key, facts.limits).is_breached_by(value)
    return Value(label, in_short(measure), told, url, is_breached)


def _counts(metric: Metric, measure: Measure) -> str:
    if not isinstance(measure.part, int) or not isinstance(measure.whole, int):
        return ""
    return metric.counts.format(part=number(measure.part), whole=number(measure.whole))


def _address(key: str, facts: PastFacts, scope: str, asked: str, onward: Onward) -> str:
    """The same page as it was then."""
    period = str(facts.period) if ".." in asked else asked
    return onward.on(facts.as_of).to("why", key, scope=scope, period=period)


def _usual(values: Sequence[float | None]) -> tuple[float, float] | None:
    """The range of the values before the last one; with fewer than eight of them, none."""
    known = [value for value in values if value is not None]
    return (min(known), max(known)) if len(known) >= 8 else None
