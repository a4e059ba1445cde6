"""My week: what each of a manager's clients was promised, and what is still missing."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone

from clients.contacting import BACK_DATED_DAYS
from clients.models import Client, ClientGoal, Staff
from godview.periods import DAY, WEEK, Period, monday_of
from metrics.dashboards.portfolio import PACE_STATES, PACE_WORDS, book_on
from metrics.formulas.book import Book
from metrics.formulas.contact import days_since_contact
from metrics.formulas.mrr import Amounts
from metrics.formulas.ratio import Ratio
from metrics.formulas.weekly_goals import WeeklyGoals, weekly_goal_hit_rate
from metrics.queries.contacts import last_touches
from metrics.queries.scopes import Scope
from metrics.queries.stamps import read_stamps
from metrics.queries.week import (
    RunningGoal,
    clients_of_week,
    goals_of_weeks,
    notes_of_week,
    running_goals,
)
from metrics.queries.weekly_goals import goals_from_counts
from tasks.models import WeeklyGoal, WeekNote
from tasks.week_clock import WeekClock

Status = WeeklyGoal.Status
WEEKS_BACK = 12


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One weekly goal, and what may still be done to it."""

    goal: WeeklyGoal
    clock: WeekClock
    client_goals: list[ClientGoal]  # those that run, the one that stands for the client first

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
        return " · ".join(remark for remark in remarks if remark)

    @property
    def marks(self) -> str:
        """The name of the form that marks it."""
        return f"mark-{self.goal.pk}"

    @property
    def change(self) -> str:
        """The name of the form that changes it."""
        return f"edit-{self.goal.pk}"

    @property
    def is_locked(self) -> bool:
        return self.goal.is_locked_at(self.clock.now)

    @property
    def is_open(self) -> bool:
        return self.goal.status == Status.OPEN

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
    def choices(self) -> list[ClientGoal]:
        """The 90-day goals it may serve, the one it serves among them even when that has ended."""
        served = self.goal.client_goal
        missing = [served] if served and served not in self.client_goals else []
        return missing + self.client_goals


@dataclass(frozen=True, slots=True)
class Trouble:
    """A form that was refused: in which row, why, and what was typed, so that nothing is lost."""

    client: Client
    form: str
    reasons: list[str]
    typed: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class WeekRow:
    """One client's week."""

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
    def anchor(self) -> str:
        return f"row-{self.client.slug}"

    @property
    def open_form(self) -> str:
        return self.trouble.form if self.trouble else ""

    def line_of(self, goal: WeeklyGoal) -> GoalLine | None:
        return next((line for line in self.lines if line.goal.pk == goal.pk), None)

    def after(self, form: str) -> str:
        """Where the keyboard goes on once a form of this row was sent: to the next goal to mark."""
        if form.startswith("mark-"):
            to_mark = [line.marks for line in self.lines if line.may_be_marked]
            return (to_mark or [form.replace("mark-", "edit-")])[0]
        changeable = {line.change for line in self.lines}
        return "add" if form.startswith("edit-") and form not in changeable else form

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


@dataclass
class WeekPage:
    """The whole grid, with the counts above it."""

    clock: WeekClock
    manager: Staff | None
    managers: list[Staff]
    rows: list[WeekRow] = field(default_factory=list)

    @cached_property
    def goals(self) -> list[WeeklyGoal]:
        return [line.goal for row in self.rows for line in row.lines]

    @cached_property
    def counts(self) -> WeeklyGoals:
        counted = Counter((goal.status, goal.unplanned) for goal in self.goals)
        return goals_from_counts((*kind, count) for kind, count in counted.items())

    @property
    def hits(self) -> Ratio:
        return weekly_goal_hit_rate(self.counts)

    @property
    def not_marked(self) -> int:
        return sum(goal.status == Status.OPEN and not goal.unplanned for goal in self.goals)

    @property
    def not_promised(self) -> int:
        return sum(goal.committed_at is None for goal in self.goals)

    @property
    def without_client_goal(self) -> int:
        return sum(goal.client_goal_id is None for goal in self.goals)

    @property
    def clients_without_goals(self) -> int:
        return sum(not row.lines for row in self.rows)

    @property
    def over_standard(self) -> int:
        return sum(row.is_over_standard for row in self.rows)

    @property
    def standard_days(self) -> int:
        return int(settings.CONTACT_STANDARD_DAYS)

    @property
    def next(self) -> WeekClock:
        return WeekClock(self.clock.monday + WEEK, self.clock.now)

    @property
    def neighbours(self) -> list[WeekClock]:
        return [WeekClock(self.clock.monday + WEEK * n, self.clock.now) for n in (-1, 0, 1)]

    @property
    def today(self) -> date:
        return timezone.localdate(self.clock.now)

    @property
    def earliest_contact(self) -> date:
        return self.today - BACK_DATED_DAYS * DAY

    @property
    def choices(self) -> list[WeekClock]:
        """The weeks that the page offers, newest first: the next one, this one, a quarter back."""
        this_monday = monday_of(timezone.localdate(self.clock.now))
        mondays = {this_monday + WEEK * n for n in range(-WEEKS_BACK, 2)} | {self.clock.monday}
        return [WeekClock(monday, self.clock.now) for monday in sorted(mondays, reverse=True)]

    def row_of(self, client: Client) -> WeekRow | None:
        return next((row for row in self.rows if row.client.pk == client.pk), None)


def week_page(
    *, user: Any, manager: Staff | None, managers: list[Staff], monday: date, now: datetime
) -> WeekPage:
    """Read one manager's week as `user` may see it. Numbers are of today, or of a past Sunday."""
    page = WeekPage(WeekClock(monday, now), manager, managers)
    if manager is None:
        return page
    week = Period(monday, monday + WEEK)
    as_of = min(timezone.localdate(now), page.clock.sunday)
    clients = clients_of_week(user, manager, week, max(as_of, monday))
    ids = [client.pk for client in clients]
    book = book_on(read_stamps(), as_of)
    touches = last_touches(Scope("manager", manager.pk, manager.name), as_of)
    goals, notes = running_goals(ids, as_of), notes_of_week(ids, monday)
    promises = goals_of_weeks(ids, monday)
    for client in clients:
        running = goals.get(client.pk, [])
        mine = promises.get((client.pk, monday), [])
        page.rows.append(
            WeekRow(
                client=client,
                fees=book.amounts(client.pk, as_of),
                goals=running,
                lines=[GoalLine(goal, page.clock, [one.goal for one in running]) for goal in mine],
                next_goals=promises.get((client.pk, week.end), []),
                days_since_contact=_wait(book, client, touches.get(client.pk), as_of),
                was_contacted=touches.get(client.pk) is not None,
                note=notes.get(client.pk),
            )
        )
    return page


def _wait(book: Book, client: Client, touch: date | None, as_of: date) -> int | None:
    """Days since contact; None for a client on hold or not served that day."""
    tenure = book.tenures.get(client.pk)
    since = tenure.start_of_spell(as_of) if tenure else None
    if since is None or book.is_paused(client.pk, as_of):
        return None
    return days_since_contact(touch, since, as_of)
