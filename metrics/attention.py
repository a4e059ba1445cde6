"""The one ranked list: which clients need a decision, and what exactly is true of them.

Pure: facts in, cases out. A client is on it once, with all its reasons in one row.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from godview.templatetags.display import spell_out
from metrics.formulas.pace import PaceState

HIT_RATE_ALARM = 0.5
FEWEST_GOALS = 4  # below, one missed goal more or less would be an alarm
ENDS_WITHIN_DAYS = 30


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that a client breaks: `fact` is what is true, `rest` what it is measured by."""

    rule: str
    bad: bool
    fact: str
    rest: str = ""
    days_open: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at, for one client."""

    client: int
    name: str
    mrr: Decimal
    pace_state: PaceState | None
    pace_ratio: float | None
    weeks_off_pace: int
    days_since_contact: int | None
    goals_met: int
    goals_committed: int
    goals_this_week: int
    reply_due_at: datetime | None  # the oldest question that waits for an answer
    reply_text: str
    ends_on: date | None
    paused: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A client that needs a decision."""

    client: int
    name: str
    bad: bool
    reasons: tuple[Reason, ...]
    weight: int  # how many clients pay less or as much

    @property
    def days_open(self) -> int:
        return max(reason.days_open for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Limits:
    contact_days: int
    week_is_locked: bool
    week_number: int


def cases(clients: Sequence[Facts], limits: Limits, now: datetime, today: date) -> list[Case]:
    """Severity first, then days open times the rank of the fee, then the name."""
    rank = _ranks(clients)
    found = []
    for facts in clients:
        reasons = tuple(_reasons(facts, limits, now, today))
        if reasons:
            bad = any(reason.bad for reason in reasons)
            ordered = tuple(sorted(reasons, key=lambda reason: not reason.bad))
            found.append(Case(facts.client, facts.name, bad, ordered, rank[facts.client]))
    return sorted(found, key=lambda c: (not c.bad, -(c.days_open + 1) * c.weight, c.name))


def _ranks(clients: Sequence[Facts]) -> Mapping[int, int]:
    """For each client, how many pay no more than it does."""
    fees = sorted(facts.mrr for facts in clients)
    return {facts.client: bisect_right(fees, facts.mrr) for facts in clients}


def _reasons(facts: Facts, limits: Limits, now: datetime, today: date) -> Iterable[Reason]:
    if facts.paused:
        return
    yield from _pace(facts)
    yield from _contact(facts, limits)
    yield from _reply(facts, now)
    yield from _goals(facts, limits)
    if facts.ends_on is not None and (facts.ends_on - today).days <= ENDS_WITHIN_DAYS:
        left = (facts.ends_on - today).days
        yield Reason("ends", False, f"Leaves in {_days(left)}", "as the engagement stands")


def _pace(facts: Facts) -> Iterable[Reason]:
    if facts.pace_state is PaceState.OFF and facts.pace_ratio is not None:
        behind = round((1 - facts.pace_ratio) * 100)
        weeks = max(0, facts.weeks_off_pace - 1)
        yield Reason("pace", True, f"{behind}% behind pace", days_open=weeks * 7)


def _contact(facts: Facts, limits: Limits) -> Iterable[Reason]:
    days = facts.days_since_contact
    if days is not None and days > limits.contact_days:
        yield Reason(
            "contact",
            True,
            f"{_days(days)} without contact",
            f"(limit {limits.contact_days})",
            days - limits.contact_days,
        )


def _reply(facts: Facts, now: datetime) -> Iterable[Reason]:
    if facts.reply_due_at is not None and facts.reply_due_at <= now:
        late = now - facts.reply_due_at
        yield Reason(
            "reply",
            True,
            f"Reply {spell_out(late.total_seconds())} late",
            facts.reply_text,
            late.days,
        )


def _goals(facts: Facts, limits: Limits) -> Iterable[Reason]:
    met, committed = facts.goals_met, facts.goals_committed
    if committed >= FEWEST_GOALS and met / committed < HIT_RATE_ALARM:
        yield Reason("goals", True, f"{met} of {committed} weekly goals hit", "in the last 4 weeks")
    if limits.week_is_locked and not facts.goals_this_week:
        yield Reason("no_goals", False, "No weekly goals", f"for week {limits.week_number}")


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
