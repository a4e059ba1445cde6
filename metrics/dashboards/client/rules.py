"""Why is it red? Each rule with the numbers in place, its limit, since when, and the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from clients.models import Obligation
from godview.templatetags.display import counted, percent, spell_out
from godview.templatetags.display import day as on_day
from metrics.attention import FEWEST_GOALS, HIT_RATE_ALARM
from metrics.dashboards.client.goals import GoalLine
from metrics.dashboards.portfolio import Line, State
from metrics.formulas.pace import BEHIND, PaceState
from metrics.queries.pace import ClientPace


@dataclass(frozen=True, slots=True)
class Rule:
    state: State
    name: str
    sum: str  # the formula with the numbers in place
    result: str
    limit: str
    since: str
    rows: str
    anchor: str


def rules(
    line: Line,
    goals: Sequence[GoalLine],
    paces: Sequence[ClientPace | None],
    waiting: Sequence[Obligation],
    now: datetime,
) -> list[Rule]:
    today = timezone.localdate(now)
    return [
        _pace(goals, paces, today),
        _contact(line, today),
        _weekly(line),
        _reply(waiting, now),
    ]


def _pace(goals: Sequence[GoalLine], paces: Sequence[ClientPace | None], today: date) -> Rule:
    name, limit = "90-day pace", f"Off pace below {BEHIND:.2f}"
    if not goals:
        return Rule("none", name, "no 90-day goal runs", "", limit, "–", "add one", "#goals")
    goal = goals[0]
    rows = counted(len(goal.readings), "reading")
    if not goal.pace.state.is_judged:
        return Rule("none", name, goal.words.lower(), "", limit, "–", rows, "#goals")
    since = _since(paces, goal.pace.state, today)
    return Rule(goal.state, name, goal.sum_in_words(), goal.ratio, limit, since, rows, "#goals")


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
    limit = settings.CONTACT_STANDARD_DAYS
    name, words = "Days since contact", f"Limit {limit}"
    if line.days is None:
        return Rule("none", name, "on hold, so it is not counted", "", words, "–", "", "#contacts")
    touch = line.who.last_touch
    start = on_day(touch or line.since, today)
    told = f"{on_day(today, today)} − {start}" + ("" if touch else " (start, no contact yet)")
    since = "fine"
    if line.days > limit:
        broke = today - timedelta(days=line.days - limit - 1)
        since = f"since {on_day(broke, today)}"
    result = counted(line.days, "day")
    return Rule(line.contact_state, name, told, result, words, since, "contacts", "#contacts")


def _weekly(line: Line) -> Rule:
    name, limit = "Weekly goals, 4 weeks", f"Alarm below {percent(HIT_RATE_ALARM)}"
    met, committed = line.goals.met, line.goals.committed
    if not committed:
        return Rule("none", name, "no goals were set", "", limit, "–", "", "#weeks")
    share = met / committed
    state: State = "bad" if share < HIT_RATE_ALARM and committed >= FEWEST_GOALS else "good"
    told = f"{met} hit ÷ {committed} set"
    since = "fine" if state == "good" else "last 4 weeks"
    rows = counted(committed, "goal")
    return Rule(state, name, told, percent(share), limit, since, rows, "#weeks")


def _reply(waiting: Sequence[Obligation], now: datetime) -> Rule:
    name, limit = "Client's reply", "The agreement's clock"
    late = [obligation for obligation in waiting if obligation.is_overdue_at(now)]
    rows = f"{len(waiting)} open"
    if not late:
        told = "nothing is overdue" if waiting else "nothing is owed to us"
        return Rule("good", name, told, "", limit, "fine", rows, "#agreement")
    oldest = late[0]
    told = "overdue" if len(late) == 1 else f"{len(late)} overdue, the oldest"
    result = f"{spell_out((now - oldest.due_at).total_seconds())} late"
    since = f"since {on_day(timezone.localdate(oldest.due_at))}"
    return Rule("bad", name, told, result, limit, since, rows, "#agreement")
