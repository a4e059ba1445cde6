from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from metrics.formulas.activity import ActivityChange
from metrics.formulas.pace import PaceState


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that a client breaks: `fact` is what is true, `rest` what it is measured by."""

    rule: str
    bad: bool
    fact: str
    rest: str = ""
    days_open: int = 0

    @property
    def words(self) -> str:
        return f"{self.fact} {self.rest}".strip()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at, for one client."""

    client: int
    name: str
    mrr: Decimal | None  # None: its currency has no exchange rate
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
    red_streak: int = 0
    weeks_light_disagrees: int = 0  # green while the pace was off, in a row up to now
    activity: ActivityChange | None = None
    payment_days_late: int | None = None  # of the oldest invoice that is late
    notice_on: date | None = None
    sponsor_left_on: date | None = None
    days_since_heard: int | None = None  # since the client last spoke or wrote to us
    replies_late: int = 0
    replies_due: int = 0
    deadlines_moved: int = 0  # promises changed in 4 weeks without an approval
    tasks_late: tuple[int, ...] = ()  # by how many days, the longest first
    nps: float | None = None  # mean of the newest answers of its people
    nps_on: date | None = None


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

    @property
    def rules(self) -> frozenset[str]:
        return frozenset(reason.rule for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Limits:
    """Where each rule alarms on the day, and which week it is."""

    values: Mapping[str, float]
    week_is_locked: bool
    week_number: int
