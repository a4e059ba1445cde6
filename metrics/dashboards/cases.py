"""Which clients need a decision, from the facts of a day and what was done about them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from django.utils import timezone

from godview.periods import monday_of
from metrics import attention
from metrics.attention.crossings import is_quiet
from metrics.dashboards.portfolio import Line, book_on, ends_on
from metrics.dashboards.signs import Signs, signs_on
from metrics.dashboards.trends import pace_trend
from metrics.formulas.book import Book
from metrics.formulas.pace import PaceState
from metrics.formulas.traffic_light import Light
from metrics.queries.handling import handlings
from metrics.queries.limits import limits_on
from metrics.queries.portfolio import open_obligations
from metrics.queries.stamps import Stamps
from tasks.weeks import locks_at


class Owed(Protocol):
    """What a client owes us an answer to."""

    @property
    def text(self) -> Any: ...

    @property
    def due_at(self) -> Any: ...


def open_cases(lines: Sequence[Line], stamps: Stamps, now: datetime) -> list[attention.Case]:
    """Who of these clients needs a decision, the most urgent first: not asleep, and not closed."""
    today = timezone.localdate(now)
    known = handlings(today)
    return [
        case
        for case in all_cases(lines, stamps, now)
        if not is_quiet(case.rules, known.get(case.client), today)
    ]


def all_cases(
    lines: Sequence[Line],
    stamps: Stamps,
    now: datetime,
    values: Mapping[str, float] | None = None,
) -> list[attention.Case]:
    """Everybody who breaks a rule, by the limits in force or by others that are thought of."""
    today = timezone.localdate(now)
    limits = limits_at(values or limits_on(stamps, today), now)
    facts = facts_of(lines, stamps, now, limits.values, open_obligations(now))
    return attention.cases(facts, limits, now, today)


def case_of(
    line: Line, stamps: Stamps, now: datetime, waiting: Sequence[Owed]
) -> attention.Case | None:
    """Of one client: the same reasons as on the list, whatever was decided about it."""
    today = timezone.localdate(now)
    limits = limits_at(limits_on(stamps, today), now)
    facts = facts_of([line], stamps, now, limits.values, {line.id: waiting})
    return next(iter(attention.cases(facts, limits, now, today)), None)


def limits_at(values: Mapping[str, float], now: datetime) -> attention.Limits:
    monday = monday_of(timezone.localdate(now))
    return attention.Limits(values, now >= locks_at(monday), monday.isocalendar().week)


def facts_of(
    lines: Sequence[Line],
    stamps: Stamps,
    now: datetime,
    limits: Mapping[str, float],
    waiting: Mapping[int, Sequence[Owed]],
) -> list[attention.Facts]:
    """Past weeks were off pace by the limits of then, today is by `limits`."""
    day = timezone.localdate(now)
    trend, book, signs = pace_trend(stamps, day), book_on(stamps, day), signs_on(stamps, day)
    found = []
    for line in lines:
        states = [*trend.states.get(line.id, [])]
        if line.pace and states:
            states[-1] = line.pace.judged_by(limits["pace"]).state
        found.append(_facts(line, states, book, signs, waiting.get(line.id, []), day))
    return found


def _facts(
    line: Line,
    states: Sequence[PaceState | None],
    book: Book,
    signs: Signs,
    waiting: Sequence[Owed],
    day: date,
) -> attention.Facts:
    who = line.id
    payment, replies = signs.payments.get(who), signs.replies.get(who)
    answers = signs.nps.get(who)
    late_since = payment.late_since if payment else None
    return attention.Facts(
        client=who,
        name=line.who.name,
        mrr=line.mrr,
        pace_state=line.pace.state if line.pace else None,
        pace_ratio=line.pace.ratio if line.pace else None,
        weeks_off_pace=_weeks_off(states),
        days_since_contact=line.days,
        goals_met=line.goals.met,
        goals_committed=line.goals.committed,
        goals_this_week=line.goals.this_week,
        reply_due_at=waiting[0].due_at if waiting else None,
        reply_text=waiting[0].text if waiting else "",
        ends_on=ends_on(book, line),
        paused=line.paused,
        red_streak=signs.light_record(who).red_streak,
        weeks_light_disagrees=weeks_disagreeing(signs.lights.get(who, []), states),
        activity=signs.activity.get(who),
        payment_days_late=(day - late_since).days if late_since else None,
        notice_on=signs.notices.get(who),
        sponsor_left_on=signs.sponsors.get(who),
        days_since_heard=(day - max(line.since, signs.heard.get(who, line.since))).days,
        replies_late=replies.late if replies else 0,
        replies_due=replies.due if replies else 0,
        deadlines_moved=signs.moved.get(who, 0),
        tasks_late=tuple((day - agreed_on).days for agreed_on in signs.late.get(who, ())),
        nps=answers.mean if answers else None,
        nps_on=answers.newest_on if answers else None,
    )


def _weeks_off(states: Sequence[PaceState | None]) -> int:
    """How many weeks in a row, up to today, the client has been off pace."""
    weeks = 0
    for state in reversed(states):
        if state is not PaceState.OFF:
            break
        weeks += 1
    return weeks


def weeks_disagreeing(lights: Sequence[Light | None], states: Sequence[PaceState | None]) -> int:
    """Weeks in a row up to now in which the light was green while the goal was off pace.

    The light of the week that runs may not be marked yet: then it neither adds nor ends the row.
    """
    pairs = list(zip(lights, states, strict=False))[::-1]
    if pairs and pairs[0][0] is None:
        pairs = pairs[1:]
    weeks = 0
    for light, state in pairs:
        if light is not Light.GREEN or state is not PaceState.OFF:
            break
        weeks += 1
    return weeks
