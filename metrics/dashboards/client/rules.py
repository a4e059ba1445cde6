"""Why is it red? Each rule with the numbers in place, its limit, since when, and the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from clients.models import Obligation
from godview.templatetags.display import counted, percent, spell_out
from godview.templatetags.display import day as on_day
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
    name, limit = "90-day pace", f"Off pace below {off_below:.2f}"
    if not goals:
        return Rule("none", name, "no 90-day goal runs", "", limit, "–", "add one", "#goals")
    goal = goals[0]
    rows = counted(len(goal.readings), "reading")
    if not goal.pace.state.is_judged:
        return Rule("none", name, goal.words.lower(), "", limit, "–", rows, "#goals")
    since = _since(paces, goal.pace.state, today)
    told = (goal.sum_in_words(), goal.ratio, limit, since, rows, "#goals")
    return Rule(goal.state, name, *told, broken=goal.pace.state is PaceState.OFF)


def _since(paces: Sequence[ClientPace | None], state: PaceState, today: date) -> str:
    """The first of the weeks in a row, up to now, in which it was so."""
    if state is PaceState.ON:
        return "fine"
    weeks = 0
    for one in reversed(paces):
        if one is None or one.pace.state is not state:
            break
        weeks += 1
    if weeks == len(paces):
        return f"for {weeks} weeks or more"
    return f"since week {(today - timedelta(days=7 * max(0, weeks - 1))).isocalendar().week}"


def _contact(line: Line, today: date) -> Rule:
    limit = line.contact_limit
    name, words = "Days since contact", f"Limit {limit}"
    if line.days is None:
        return Rule("none", name, "on hold, so it is not counted", "", words, "–", "", "#contacts")
    touch = line.who.last_touch
    start = on_day(touch or line.since, today)
    told = f"{on_day(today, today)} − {start}" + ("" if touch else " (start, no contact yet)")
    over = line.days > limit
    since = "fine"
    if over:
        broke = today - timedelta(days=line.days - limit - 1)
        since = f"since {on_day(broke, today)}"
    result = counted(line.days, "day")
    state = line.contact_state
    return Rule(state, name, told, result, words, since, "contacts", "#contacts", over)


def _weekly(line: Line, alarm: float) -> Rule:
    name, limit = "Weekly goals, 4 weeks", f"Alarm below {percent(alarm)}"
    met, committed = line.goals.met, line.goals.committed
    if not committed:
        return Rule("none", name, "no goals were set", "", limit, "–", "", "#weeks")
    share = met / committed
    low = share < alarm and committed >= FEWEST_GOALS
    told = f"{met} hit ÷ {committed} set"
    since = "last 4 weeks" if low else "fine"
    rows = counted(committed, "goal")
    state: State = "bad" if low else "good"
    return Rule(state, name, told, percent(share), limit, since, rows, "#weeks", low)


def _reply(waiting: Sequence[Obligation], patience: float, now: datetime) -> Rule:
    """Beyond the agreement's own clock, the agency may wait some days more before it alarms."""
    name, limit = "Client's reply", "The agreement's clock"
    if patience:
        limit = f"{limit} and {counted(int(patience), 'day')}"
    late = [obligation for obligation in waiting if obligation.is_overdue_at(now)]
    rows = f"{len(waiting)} open"
    if not late:
        told = "nothing is overdue" if waiting else "nothing is owed to us"
        return Rule("good", name, told, "", limit, "fine", rows, "#agreement")
    oldest = late[0]
    told = "overdue" if len(late) == 1 else f"{len(late)} overdue, the oldest"
    waited = now - oldest.due_at
    result = f"{spell_out(waited.total_seconds())} late"
    since = f"since {on_day(timezone.localdate(oldest.due_at))}"
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
        since=f"for {counted(reason.days_open, 'day')}" if reason.days_open else "now",
        rows="rows",
        url=rows_url,
        broken=True,
    )
