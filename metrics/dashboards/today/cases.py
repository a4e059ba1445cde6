"""The attention list as rows of Today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from godview.periods import monday_of
from godview.templatetags.display import counted, money
from metrics import attention
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, State, ends_on
from metrics.dashboards.trends import PaceTrend
from metrics.formulas.book import Book
from metrics.formulas.pace import PaceState
from metrics.queries.portfolio import OpenObligation
from tasks.weeks import locks_at


@dataclass(frozen=True, slots=True)
class Row:
    """One client that needs a decision, in words."""

    state: State
    name: str
    url: str
    who: str
    why: SafeString
    money: str
    age: str
    client_id: int


def open_cases(
    lines: Sequence[Line],
    trend: PaceTrend,
    book: Book,
    waiting: dict[int, list[OpenObligation]],
    now: datetime,
) -> list[attention.Case]:
    """Who of these clients needs a decision, the most urgent first."""
    today = timezone.localdate(now)
    facts = [_facts(line, trend, book, waiting.get(line.id, [])) for line in lines]
    return attention.cases(facts, limits(now), now, today)


def rows(cases: Sequence[attention.Case], lines: Sequence[Line], onward: Onward) -> list[Row]:
    by_id = {line.id: line for line in lines}
    return [_row(case, by_id[case.client], onward) for case in cases]


def limits(now: datetime) -> attention.Limits:
    monday = monday_of(timezone.localdate(now))
    return attention.Limits(
        settings.CONTACT_STANDARD_DAYS, now >= locks_at(monday), monday.isocalendar().week
    )


def _facts(
    line: Line, trend: PaceTrend, book: Book, waiting: Sequence[OpenObligation]
) -> attention.Facts:
    return attention.Facts(
        client=line.id,
        name=line.who.name,
        mrr=line.mrr or Decimal(0),
        pace_state=line.pace.state if line.pace else None,
        pace_ratio=line.pace.ratio if line.pace else None,
        weeks_off_pace=_weeks_off(trend.states.get(line.id, [])),
        days_since_contact=line.days,
        goals_met=line.goals.met,
        goals_committed=line.goals.committed,
        goals_this_week=line.goals.this_week,
        reply_due_at=waiting[0].due_at if waiting else None,
        reply_text=waiting[0].text if waiting else "",
        ends_on=ends_on(book, line),
        paused=line.paused,
    )


def _weeks_off(states: Sequence[PaceState | None]) -> int:
    """How many weeks in a row, up to today, the client has been off pace."""
    weeks = 0
    for state in reversed(states):
        if state is not PaceState.OFF:
            break
        weeks += 1
    return weeks


def _row(case: attention.Case, line: Line, onward: Onward) -> Row:
    parts = ((reason.fact, f" {reason.rest}" if reason.rest else "") for reason in case.reasons)
    people = (line.who.pod, line.who.manager)
    return Row(
        state="bad" if case.bad else "watch",
        name=case.name,
        url=onward.to("client", line.who.slug),
        who=", ".join(name for name in people if name),
        why=format_html_join(", ", "<b>{}</b>{}", parts),
        money=str(format_html("{} / mo", money(line.mrr))) if line.mrr else "no fee",
        age=age_in_words(case.days_open),
        client_id=line.id,
    )


def age_in_words(days: int) -> str:
    if days <= 0:
        return "new"
    if days >= 14:
        return f"{days // 7} weeks open"
    return f"{counted(days, 'day')} open"
