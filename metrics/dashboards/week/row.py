"""One client's week: its goals, and what may still be done to them."""

from dataclasses import dataclass, field

from django.conf import settings

from clients.models import Client, ClientGoal
from godview.templatetags.display import counted, days_ago
from metrics.dashboards.portfolio import PACE_STATES, PACE_WORDS
from metrics.formulas.mrr import Amounts
from metrics.queries.week import RunningGoal
from tasks.models import WeeklyGoal, WeekNote
from tasks.week_clock import WeekClock

Status = WeeklyGoal.Status


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One weekly goal, and what may still be done to it."""

    goal: WeeklyGoal
    clock: WeekClock
    client_goals: list[ClientGoal]  # those that run, the one that stands for the client first

    @property
    def is_locked(self) -> bool:
        return self.goal.is_locked_at(self.clock.now)

    @property
    def is_open(self) -> bool:
        return self.goal.status == Status.OPEN

    @property
    def is_met(self) -> bool:
        return self.goal.status == Status.MET

    @property
    def is_marked(self) -> bool:
        return self.goal.status in (Status.MET, Status.MISSED)

    @property
    def may_be_marked(self) -> bool:
        return self.is_open and self.clock.has_begun

    @property
    def may_be_changed(self) -> bool:
        return (self.is_open or self.is_marked) and not self.clock.is_closed

    @property
    def remarks(self) -> str:
        """What is unusual about it, in a few words; nothing when all is as it should be."""
        serves, goal = self.goal.client_goal, self.goal
        remarks = [
            "unplanned" if goal.unplanned else "",
            "no 90-day goal" if serves is None else "",
            f"for {serves.name}" if serves and serves not in self.client_goals[:1] else "",
            goal.note,
        ]
        return "".join(f" · {remark}" for remark in remarks if remark)

    @property
    def choices(self) -> list[ClientGoal]:
        """The 90-day goals it may serve, the one it serves among them even when that has ended."""
        served = self.goal.client_goal
        missing = [served] if served and served not in self.client_goals else []
        return missing + self.client_goals


@dataclass(frozen=True, slots=True)
class Trouble:
    """A form that was refused: in which row, why, and what was typed, so that nothing is lost."""

    client: Client
    goal: WeeklyGoal | None
    form: str
    reasons: list[str]
    typed: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class WeekRow:
    """One client's week. `trouble` is what was just refused in it."""

    client: Client
    fees: Amounts
    goals: list[RunningGoal]
    lines: list[GoalLine]
    next_goals: list[WeeklyGoal]
    days_since_contact: int | None
    was_contacted: bool
    note: WeekNote | None
    trouble: Trouble | None = None

    @property
    def standing(self) -> RunningGoal | None:
        return self.goals[0] if self.goals else None

    @property
    def more_goals(self) -> int:
        return max(0, len(self.goals) - 1)

    @property
    def pace_state(self) -> str:
        return PACE_STATES[self.goals[0].pace.state]

    @property
    def pace_words(self) -> str:
        return PACE_WORDS[self.goals[0].pace.state]

    @property
    def client_goals(self) -> list[ClientGoal]:
        return [running.goal for running in self.goals]

    @property
    def is_over_standard(self) -> bool:
        days = self.days_since_contact
        return days is not None and days > settings.CONTACT_STANDARD_DAYS

    @property
    def contact_words(self) -> str:
        if self.days_since_contact is None:
            return "–"
        if self.was_contacted:
            return days_ago(self.days_since_contact)
        return f"never, in {counted(self.days_since_contact, 'day')}"

    @property
    def note_text(self) -> str:
        if self.trouble and self.trouble.form == "note":
            return self.trouble.typed.get("text", "")
        return self.note.text if self.note else ""

    @property
    def troubled_line(self) -> GoalLine | None:
        goal = self.trouble.goal if self.trouble else None
        return self.line_of(goal) if goal else None

    def line_of(self, goal: WeeklyGoal) -> GoalLine | None:
        return next((line for line in self.lines if line.goal.pk == goal.pk), None)

    def after(self, form: str, goal: WeeklyGoal | None) -> str:
        """The id of the control on which the keyboard goes on once a form was sent."""
        if form == "mark":
            to_mark = [line.goal.pk for line in self.lines if line.may_be_marked]
            if to_mark:
                return f"mark-{to_mark[0]}"
        line = self.line_of(goal) if goal else None
        if line and line.may_be_changed:
            return f"edit-{line.goal.pk}"
        return f"{'add' if goal else form}-{self.client.pk}"
