"""The six numbers on top: value, change in words, thirteen weeks, and the way to the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe

from godview.drawing import sparkline
from godview.periods import Period, add_months, full_weeks_before
from godview.templatetags.display import counted, money_short, number, percent, rounded
from metrics.catalogue import CATALOGUE
from metrics.dashboards.figures import none_due
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, State, contact_state
from metrics.dashboards.trends import PaceTrend
from metrics.formulas.book import Book
from metrics.formulas.pace import PaceState
from metrics.formulas.ratio import Ratio
from metrics.formulas.retention import headcount

EMPTY = mark_safe("")
FAR_OFF_POINTS = 10
FEWEST_WEEKS = 8  # fewer are no usual range


@dataclass(frozen=True, slots=True)
class Tile:
    label: str
    value: str
    unit: str
    note: str
    url: str
    state: State = "good"
    spark: SafeString = EMPTY
    unknown: bool = False


def on_pace_tile(trend: PaceTrend, too_new: int, onward: Onward) -> Tile:
    metric = CATALOGUE["clients_on_pace"]
    return _share_tile(
        metric.name,
        trend.on_pace,
        onward.why(metric.key, ""),
        metric.threshold,
        nobody=f"{counted(too_new, 'client')} too new to judge" if too_new else "No 90-day goals",
    )


def goals_tile(weeks: Sequence[Ratio], day: date, onward: Onward) -> Tile:
    metric, week = CATALOGUE["weekly_goal_hit_rate"], full_weeks_before(day, 1)[0]
    url = onward.why(metric.key, "", week)
    label = f"{metric.name}, wk {week.start.isocalendar().week}"
    return _share_tile(label, weeks, url, metric.threshold, nobody="Nothing was promised")


def on_time_tile(weeks: Sequence[Ratio], day: date, onward: Onward) -> Tile:
    metric, week = CATALOGUE["on_time_rate"], full_weeks_before(day, 1)[0]
    url = onward.why(metric.key, "", week)
    label = f"{metric.name}, wk {week.start.isocalendar().week}"
    nobody = none_due(metric.key, "No task was due")
    return _share_tile(label, weeks, url, metric.threshold, nobody)


def _share_tile(
    label: str, weeks: Sequence[Ratio], url: str, target: float | None, nobody: str
) -> Tile:
    now, before = weeks[-1].value, weeks[-2].value
    if now is None:
        return Tile(label, "no data yet", "", nobody, url, unknown=True)
    points = _points(now, before)
    note = _change(points, "pt", better_up=True)
    if target is not None:
        note += f". Target {percent(target)}"
    state = _judge(now, points, target)
    line = sparkline([week.value for week in weeks], state, target)
    return Tile(label, percent(now)[:-1], "%", note, url, state, line)


def contact_tile(weeks: Sequence[Ratio], lines: Sequence[Line], limit: int, onward: Onward) -> Tile:
    label, url = (
        CATALOGUE["days_since_contact_mean"].name,
        onward.why("days_since_contact_mean", ""),
    )
    now, before = weeks[-1].value, weeks[-2].value
    if now is None:
        return Tile(label, "no data yet", "", "No clients we work for", url, unknown=True)
    over = sum(line.contact_state == "bad" for line in lines)
    change = 0.0 if before is None else float(rounded(now, 1) - rounded(before, 1))
    words = _arrow(change, f"{abs(change):.1f}", better_up=False)
    state = contact_state(now, limit)
    line = sparkline([week.value for week in weeks], state, target=limit)
    return Tile(
        label,
        number(now, 1),
        " d",
        f"{words}. {over} over {counted(limit, 'day')}",
        url,
        state,
        line,
    )


def kept_tile(weeks: Sequence[Ratio], book: Book, day: date, onward: Onward) -> Tile:
    label, url = (
        "Clients kept, 3 months",
        onward.to("why", "client_retention_rate", period="quarter"),
    )
    now = weeks[-1].value
    if now is None:
        return Tile(label, "no data yet", "", "Nobody was here 3 months ago", url, unknown=True)
    count = headcount(book.tenures.values(), Period(add_months(day, -3), day))
    joined = count.gained + count.returned
    note = f"{count.retained} of {count.start}. {count.lost} left, {joined} joined"
    shares = [week.value for week in weeks]
    state = _unusual(shares, lower_is_better=False)
    return Tile(label, percent(now, 1)[:-1], "%", note, url, state, sparkline(shares, state))


def off_pace_tile(trend: PaceTrend, lines: Sequence[Line], onward: Onward) -> Tile:
    label, url = "Retainers off pace", onward.to("clients", pace="off")
    now, before = trend.off_pace_mrr[-1], trend.off_pace_mrr[-2]
    if now is None:
        return Tile(label, "no data yet", "", "An exchange rate is missing", url, unknown=True)
    total = sum((line.mrr for line in lines if line.mrr), start=Decimal(0))
    note = f"{percent(now / total)} of MRR" if total else "Per month"
    if before is not None:
        change = float(now - before)
        note += f". {_arrow(change, money_short(abs(now - before)), better_up=False)}"
    state = _unusual(trend.off_pace_mrr, lower_is_better=True)
    value, unit = _amount(money_short(now))
    return Tile(label, value, unit, note, url, state, sparkline(trend.off_pace_mrr, state))


def _amount(text: str) -> tuple[str, str]:
    """€61k as €61 and a small k."""
    return (text[:-1], text[-1]) if text.endswith(("k", "m")) else (text, "")


def too_new(trend: PaceTrend) -> int:
    return sum(
        states[-1] in (PaceState.TOO_NEW, PaceState.NO_READING) for states in trend.states.values()
    )


def _points(now: float, before: float | None) -> int | None:
    """The change in points, as the two rounded numbers show it."""
    if before is None:
        return None
    return int(rounded(now * 100) - rounded(before * 100))


def _change(points: int | None, unit: str, better_up: bool) -> str:
    if points is None:
        return "Nothing to compare with yet"
    return _arrow(points, counted(abs(points), unit), better_up)


def _arrow(change: float, size: str, better_up: bool) -> str:
    """Up can be bad, so the word says which it is."""
    if not change:
        return "Same as a week ago"
    word = "better" if (change > 0) == better_up else "worse"
    return f"{'↑' if change > 0 else '↓'} {size}, {word}"


def _judge(now: float, points: int | None, target: float | None) -> State:
    """Far below the target is bad; below it and not getting better is worth watching."""
    if target is None or now >= target:
        return "good"
    if (target - now) * 100 > FAR_OFF_POINTS:
        return "bad"
    return "watch" if points is None or points <= 0 else "good"


def _unusual(values: Sequence[float | Decimal | None], lower_is_better: bool) -> State:
    """Without a target: whether today is worse than each of the twelve weeks before."""
    known = [float(value) for value in values[:-1] if value is not None]
    now = values[-1]
    if now is None or len(known) < FEWEST_WEEKS:
        return "good"
    worse = float(now) > max(known) if lower_is_better else float(now) < min(known)
    return "watch" if worse else "good"
