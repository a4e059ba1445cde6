"""Which changes of a promise are in order: agreed before, or not a change of the day at all."""

from dataclasses import dataclass
from datetime import date, datetime

from tasks.models import PromiseEvent

Kind, Excuse = PromiseEvent.Kind, PromiseEvent.Excuse


@dataclass(frozen=True, slots=True)
class Evidence:
    """What Asana's own record says of a change: who, when, and whether it was a machine."""

    actor_gid: str = ""
    actor_name: str = ""
    happened_at: datetime | None = None
    by_system: bool = False
    rolled_over: bool = False  # finished, opened again and moved in one go: a task that repeats
    finished_at: datetime | None = None  # then, when it was finished
    stories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a change of a due date is judged by, in the agency's zone."""

    promised: date
    agreed: date
    before: date | None
    after: date | None


def excuse_of(kind: str, days: Days, evidence: Evidence | None) -> str:
    """Why a change needs no finding; empty when it does.

    Taking a date away is never in order. A date that was never reached early, approved before or
    written in another way is. What Asana did by itself is told apart, for a look now and then.
    """
    rolled_over = evidence is not None and evidence.rolled_over
    if kind == Kind.REOPENED:
        return Excuse.RECURRING if rolled_over else ""
    if kind != Kind.MOVED or days.after is None:
        return ""
    if days.after == days.before:
        return Excuse.SAME_DAY
    if rolled_over:
        return Excuse.RECURRING
    if days.after == days.agreed and days.agreed != days.promised:
        return Excuse.APPROVED
    if days.after <= days.promised:
        return Excuse.EARLIER
    return Excuse.ROLLUP if evidence is not None and evidence.by_system else ""
