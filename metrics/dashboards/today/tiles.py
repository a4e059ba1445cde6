"""The six numbers on top: value, change in words, thirteen weeks, and the way to the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from godview.drawing import sparkline
from godview.periods import Period, add_months, full_weeks_before
from godview.templatetags.display import money_short, number, percent, rounded
from metrics.catalogue import CATALOGUE
from metrics.dashboards.figures import none_due
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import State, all_lines, book_on, contact_state
from metrics.dashboards.today.part import Part
from metrics.dashboards.trends import PaceTrend, belongs
from metrics.formulas.pace import PaceState
from metrics.formulas.ratio import Ratio
from metrics.formulas.retention import headcount
from metrics.queries.limits import limits_on

EMPTY = mark_safe("")
KEPT_MONTHS = 3  # of clients kept, on the wall too: two screens of one room, one number
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


def on_pace_tile(part: Part, onward: Onward) -> Tile:
    metric, trend = CATALOGUE["clients_on_pace"], part.pace()
    new = too_new(trend)
    told = ngettext(
        "%(count)s client too new to judge", "%(count)s clients too new to judge", new
    ) % {"count": new}
    return _share_tile(
        metric.name,
        trend.on_pace,
        onward.why(metric.key, onward.scope),
        metric.threshold,
        nobody=told if new else _("No 90-day goals"),
    )


def goals_tile(part: Part, onward: Onward) -> Tile:
    metric, week = CATALOGUE["weekly_goal_hit_rate"], full_weeks_before(part.day, 1)[0]
    url = onward.why(metric.key, onward.scope, week)
    nobody = _("Nothing was promised")
    return _share_tile(_of_week(metric.name, week), part.goals(), url, metric.threshold, nobody)


def on_time_tile(part: Part, onward: Onward) -> Tile:
    metric, week = CATALOGUE["on_time_rate"], full_weeks_before(part.day, 1)[0]
    url = onward.why(metric.key, onward.scope, week)
    nobody = none_due(metric.key, _("No task was due"))
    return _share_tile(_of_week(metric.name, week), part.on_time(), url, metric.threshold, nobody)


def _of_week(name: str, week: Period) -> str:
    number = week.start.isocalendar().week
    return _("%(metric)s, wk %(week)s") % {"metric": name, "week": number}


def _share_tile(
    label: str, weeks: Sequence[Ratio], url: str, target: float | None, nobody: str
) -> Tile:
    now, before = weeks[-1].value, weeks[-2].value
    if now is None:
        return _unknown(label, nobody, url)
    points = _points(now, before)
    note = _change(points)
    if target is not None:
        note = _("%(change)s. Target %(target)s") % {"change": note, "target": percent(target)}
    state = _judge(now, points, target)
    line = sparkline([week.value for week in weeks], state, target)
    value, unit = _in_percent(percent(now))
    return Tile(label, value, unit, note, url, state, line)


def contact_tile(part: Part, onward: Onward) -> Tile:
    label = str(CATALOGUE["days_since_contact_mean"].name)
    url = onward.why("days_since_contact_mean", onward.scope)
    weeks, limit = part.contact(), int(limits_on(part.stamps, part.day)["contact"])
    now, before = weeks[-1].value, weeks[-2].value
    if now is None:
        return _unknown(label, _("No clients we work for"), url)
    lines = part.lines(all_lines(part.stamps, part.day))
    over = sum(line.contact_state == "bad" for line in lines)
    change = 0.0 if before is None else float(rounded(now, 1) - rounded(before, 1))
    words = _arrow(change, number(abs(change), 1), better_up=False)
    told = ngettext(
        "%(change)s. %(over)s over %(limit)s day", "%(change)s. %(over)s over %(limit)s days", limit
    )
    note = told % {"change": words, "over": over, "limit": limit}
    state = contact_state(now, limit)
    line = sparkline([week.value for week in weeks], state, target=limit)
    return Tile(label, number(now, 1), pgettext("days", " d"), note, url, state, line)


def kept_tile(part: Part, onward: Onward) -> Tile:
    label = _("Clients kept, 3 months")
    url = onward.to("why", "client_retention_rate", scope=onward.scope, period="quarter")
    weeks, day = part.kept(), part.day
    now = weeks[-1].value
    if now is None:
        return _unknown(label, _("Nobody was here 3 months ago"), url)
    period = Period(add_months(day, -KEPT_MONTHS), day)
    tenures = book_on(part.stamps, day).tenures.values()
    count = headcount([one for one in tenures if belongs(one, period, part.roster)], period)
    note = _("%(kept)s of %(start)s. %(left)s left, %(joined)s joined") % {
        "kept": count.retained,
        "start": count.start,
        "left": count.lost,
        "joined": count.gained + count.returned,
    }
    shares = [week.value for week in weeks]
    state = _unusual(shares, lower_is_better=False)
    value, unit = _in_percent(percent(now, 1))
    return Tile(label, value, unit, note, url, state, sparkline(shares, state))


def off_pace_tile(part: Part, onward: Onward) -> Tile:
    label, url = _("Retainers off pace"), onward.clients(pace="off")
    trend = part.pace()
    now, before = trend.off_pace_mrr[-1], trend.off_pace_mrr[-2]
    if now is None:
        return _unknown(label, _("An exchange rate is missing"), url)
    lines = part.lines(all_lines(part.stamps, part.day))
    total = sum((line.mrr for line in lines if line.mrr), start=Decimal(0))
    note = _("%(share)s of MRR") % {"share": percent(now / total)} if total else _("Per month")
    if before is not None:
        size = money_short(abs(now - before))
        change = _arrow(float(now - before), size, better_up=False)
        note = _("%(share)s. %(change)s") % {"share": note, "change": change}
    state = _unusual(trend.off_pace_mrr, lower_is_better=True)
    value, unit = _amount(money_short(now))
    return Tile(label, value, unit, note, url, state, sparkline(trend.off_pace_mrr, state))


TILES: dict[str, Callable[[Part, Onward], Tile]] = {
    "on_pace": on_pace_tile,
    "goals": goals_tile,
    "contact": contact_tile,
    "on_time": on_time_tile,
    "kept": kept_tile,
    "off_pace": off_pace_tile,
}


def failed_tile(name: str) -> Tile:
    """In the place of one that could not be counted; it leads to the page itself, once more."""
    labels = {
        "on_pace": CATALOGUE["clients_on_pace"].name,
        "goals": CATALOGUE["weekly_goal_hit_rate"].name,
        "contact": CATALOGUE["days_since_contact_mean"].name,
        "on_time": CATALOGUE["on_time_rate"].name,
        "kept": _("Clients kept, 3 months"),
        "off_pace": _("Retainers off pace"),
    }
    return Tile(labels[name], _("Could not count this."), "", _("Retry"), "", unknown=True)


def _unknown(label: str, reason: str, url: str) -> Tile:
    return Tile(label, _("no data yet"), "", reason, url, unknown=True)


def _in_percent(text: str) -> tuple[str, str]:
    """76% as 76 and a small %."""
    return text.rstrip("%\xa0\u202f "), "%"


def _amount(text: str) -> tuple[str, str]:
    """€61k as €61 and a small k; 61 тыс. € as 61 and the rest."""
    end = max((at for at, letter in enumerate(text, 1) if letter.isdigit()), default=len(text))
    return text[:end], text[end:]


def too_new(trend: PaceTrend) -> int:
    return sum(
        states[-1] in (PaceState.TOO_NEW, PaceState.NO_READING) for states in trend.states.values()
    )


def _points(now: float, before: float | None) -> int | None:
    """The change in points, as the two rounded numbers show it."""
    if before is None:
        return None
    return int(rounded(now * 100) - rounded(before * 100))


def _change(points: int | None) -> str:
    """Up can be bad, so the word says which it is."""
    if points is None:
        return _("Nothing to compare with yet")
    size = abs(points)
    if points > 0:
        told = ngettext("↑ %(count)s pt, better", "↑ %(count)s pts, better", size)
    elif points < 0:
        told = ngettext("↓ %(count)s pt, worse", "↓ %(count)s pts, worse", size)
    else:
        told = _("Same as a week ago")
    return told % {"count": size}


def _arrow(change: float, size: str, better_up: bool) -> str:
    if not change:
        return _("Same as a week ago")
    if change > 0:
        told = _("↑ %(size)s, better") if better_up else _("↑ %(size)s, worse")
    else:
        told = _("↓ %(size)s, worse") if better_up else _("↓ %(size)s, better")
    return told % {"size": size}


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
