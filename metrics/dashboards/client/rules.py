"""Why is it red? Each rule with the numbers in place, its limit, since when, and the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Obligation
from godview.templatetags.display import day as on_day
from godview.templatetags.display import number, percent, spell_out
from metrics.attention import FEWEST_GOALS, RULES, Case, Reason
from metrics.dashboards.client.goals import GoalLine
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, State
from metrics.dashboards.reason_rows import rows_of
from metrics.formulas.pace import PaceState
from metrics.queries.limits import Limits
from metrics.queries.pace import ClientPace

ALWAYS_SHOWN = {"pace", "contact", "goals", "reply"}


@dataclass(frozen=True, slots=True)
class Rule:
    state: State
    name: str
    sum: str  # the formula with the numbers in place
    result: str
    limit: str
    since: str
    rows: str
    url: str
    broken: bool = False


def rules(
    line: Line,
    goals: Sequence[GoalLine],
    paces: Sequence[ClientPace | None],
    waiting: Sequence[Obligation],
    limits: Limits,
    case: Case | None,
    now: datetime,
    onward: Onward,
) -> list[Rule]:
    """The four that everybody asks about, then whatever else the client breaks."""
    today, slug = timezone.localdate(now), line.who.slug
    others = [one for one in case.reasons if one.rule not in ALWAYS_SHOWN] if case else []
    return [
        _pace(goals, paces, limits["pace"], today),
        _contact(line, today),
        _weekly(line, limits["goals"]),
        _reply(waiting, limits["reply"], now),
        *(_other(one, limits, rows_of(one.rule, slug, today, onward)) for one in others),
    ]


def _pace(
    goals: Sequence[GoalLine], paces: Sequence[ClientPace | None], off_below: float, today: date
) -> Rule:
    name = _("90-day pace")
    limit = _("Off pace below %(limit)s") % {"limit": number(off_below, 2)}
    if not goals:
        return Rule("none", name, _("no 90-day goal runs"), "", limit, "–", _("add one"), "#goals")
    goal = goals[0]
    count = len(goal.readings)
    rows = ngettext("%(count)s reading", "%(count)s readings", count) % {"count": count}
    if not goal.pace.state.is_judged:
        return Rule("none", name, goal.words.lower(), "", limit, "–", rows, "#goals")
    since = _since(paces, goal.pace.state, today)
    told = (goal.sum_in_words(), goal.ratio, limit, since, rows, "#goals")
    return Rule(goal.state, name, *told, broken=goal.pace.state is PaceState.OFF)


def _since(paces: Sequence[ClientPace | None], state: PaceState, today: date) -> str:
    """The first of the weeks in a row, up to now, in which it was so."""
    if state is PaceState.ON:
        return _("fine")
    weeks = 0
    for one in reversed(paces):
        if one is None or one.pace.state is not state:
            break
        weeks += 1
    if weeks == len(paces):
        told = ngettext("for %(count)s week or more", "for %(count)s weeks or more", weeks)
        return told % {"count": weeks}
    first = today - timedelta(days=7 * max(0, weeks - 1))
    return _("since week %(week)s") % {"week": first.isocalendar().week}


def _contact(line: Line, today: date) -> Rule:
    limit = line.contact_limit
    name, words = _("Days since contact"), _("Limit %(limit)s") % {"limit": limit}
    if line.days is None:
        return Rule(
            "none", name, _("on hold, so it is not counted"), "", words, "–", "", "#contacts"
        )
    touch = line.who.last_touch
    start = on_day(touch or line.since, today)
    days = {"today": on_day(today, today), "start": start}
    told = _("%(today)s − %(start)s") % days
    if not touch:
        told = _("%(today)s − %(start)s (start, no contact yet)") % days
    over = line.days > limit
    since = _("fine")
    if over:
        broke = today - timedelta(days=line.days - limit - 1)
        since = _("since %(day)s") % {"day": on_day(broke, today)}
    result = ngettext("%(count)s day", "%(count)s days", line.days) % {"count": line.days}
    state = line.contact_state
    return Rule(state, name, told, result, words, since, _("contacts"), "#contacts", over)


def _weekly(line: Line, alarm: float) -> Rule:
    name = _("Weekly goals, 4 weeks")
    limit = _("Alarm below %(limit)s") % {"limit": percent(alarm)}
    met, committed = line.goals.met, line.goals.committed
    if not committed:
        return Rule("none", name, _("no goals were set"), "", limit, "–", "", "#weeks")
    share = met / committed
    low = share < alarm and committed >= FEWEST_GOALS
    told = _("%(hit)s hit ÷ %(set)s set") % {"hit": met, "set": committed}
    since = _("last 4 weeks") if low else _("fine")
    rows = ngettext("%(count)s goal", "%(count)s goals", committed) % {"count": committed}
    state: State = "bad" if low else "good"
    return Rule(state, name, told, percent(share), limit, since, rows, "#weeks", low)


def _reply(waiting: Sequence[Obligation], patience: float, now: datetime) -> Rule:
    """Beyond the agreement's own clock, the agency may wait some days more before it alarms."""
    name, limit = _("Client's reply"), _("The agreement's clock")
    if patience:
        told = ngettext(
            "The agreement's clock and %(count)s day",
            "The agreement's clock and %(count)s days",
            int(patience),
        )
        limit = told % {"count": int(patience)}
    late = [obligation for obligation in waiting if obligation.is_overdue_at(now)]
    rows = ngettext("%(count)s open", "%(count)s open", len(waiting)) % {"count": len(waiting)}
    if not late:
        told = _("nothing is overdue") if waiting else _("nothing is owed to us")
        return Rule("good", name, told, "", limit, _("fine"), rows, "#agreement")
    oldest = late[0]
    told = _("overdue")
    if len(late) > 1:
        told = _("%(count)s overdue, the oldest") % {"count": len(late)}
    waited = now - oldest.due_at
    result = _("%(time)s late") % {"time": spell_out(waited.total_seconds())}
    since = _("since %(day)s") % {"day": on_day(timezone.localdate(oldest.due_at))}
    alarms = waited >= timedelta(days=patience)
    state: State = "bad" if alarms else "watch"
    return Rule(state, name, told, result, limit, since, rows, "#agreement", alarms)


def _other(reason: Reason, limits: Limits, rows_url: str) -> Rule:
    rule = RULES[reason.rule]
    return Rule(
        state="bad" if reason.bad else "watch",
        name=rule.name,
        sum=reason.words,
        result="",
        limit=rule.limit_in_words(limits.get(rule.key)),
        since=_for_days(reason.days_open),
        rows=_("rows"),
        url=rows_url,
        broken=True,
    )


def _for_days(count: int) -> str:
    if not count:
        return _("now")
    return ngettext("for %(count)s day", "for %(count)s days", count) % {"count": count}
