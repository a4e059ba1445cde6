"""The whole grid, with the counts above it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from clients.contacting import BACK_DATED_DAYS
from clients.models import Client, Staff
from godview.periods import DAY, WEEK, Period, monday_of
from metrics.dashboards.portfolio import book_on
from metrics.dashboards.week.row import GoalLine, WeekRow
from metrics.formulas.book import Book
from metrics.formulas.contact import days_since_contact
from metrics.formulas.ratio import Ratio
from metrics.formulas.weekly_goals import WeeklyGoals, weekly_goal_hit_rate
from metrics.queries.lights import lights_to, states_to
from metrics.queries.limits import limits_on
from metrics.queries.stamps import read_stamps
from metrics.queries.week import (
    ClientOfManager,
    PromisedGoal,
    clients_of_manager,
    goals_of_weeks,
    last_touches_of,
    notes_of_week,
    running_goals,
)
from metrics.queries.weekly_goals import GoalKind, goals_from_counts
from tasks.goal_task_states import NONE, states_of
from tasks.models import WeeklyGoal
from tasks.week_clock import WeekClock
from tasks.weeks import last_locked_week

WEEKS_BACK = 12
UNFINISHED = (WeeklyGoal.Status.OPEN, WeeklyGoal.Status.MISSED, WeeklyGoal.Status.POSTPONED)


@dataclass
class WeekPage:
    """One manager's week, as one person may see it."""

    clock: WeekClock
    manager: Staff | None
    managers: list[Staff]
    rows: list[WeekRow] = field(default_factory=list)
    contact_limit: int = 0

    @cached_property
    def goals(self) -> list[PromisedGoal]:
        return [line.goal for row in self.rows for line in row.lines]

    @cached_property
    def counts(self) -> WeeklyGoals:
        return goals_from_counts(
            Counter(GoalKind(goal.status, goal.unplanned) for goal in self.goals)
        )

    @property
    def hits(self) -> Ratio:
        return weekly_goal_hit_rate(self.counts)

    @property
    def not_marked(self) -> int:
        is_open = WeeklyGoal.Status.OPEN
        return sum(goal.status == is_open and not goal.unplanned for goal in self.goals)

    @property
    def not_promised(self) -> int:
        return sum(goal.committed_at is None for goal in self.goals)

    @property
    def without_client_goal(self) -> int:
        return sum(goal.serves_id is None for goal in self.goals)

    @property
    def clients_without_goals(self) -> int:
        return sum(not row.lines for row in self.rows)

    @property
    def lights_due(self) -> int:
        """Clients whose week gets a light."""
        return sum(row.client.is_key for row in self.rows)

    @property
    def lights_set(self) -> int:
        return sum(row.client.is_key and row.light is not None for row in self.rows)

    @property
    def notes_missing(self) -> int:
        return sum(row.light is not None and row.light.lacks_note for row in self.rows)

    @property
    def over_standard(self) -> int:
        return sum(row.is_over_standard for row in self.rows)

    @property
    def to_do(self) -> list[WeekRow]:
        """Clients that still need a mark or a light; before the week begins, a goal."""
        if not self.clock.has_begun:
            return [row for row in self.rows if not row.lines]
        return [row for row in self.rows if row.needs_a_mark or row.needs_a_light]

    def only(self, show: str) -> list[WeekRow]:
        """The rows that one of the quick filters leaves."""
        if show == "open":
            return self.to_do
        if show == "contact":
            return [row for row in self.rows if row.is_over_standard]
        return self.rows

    @property
    def standard_days(self) -> int:
        """Of the day that the waits are of."""
        return self.contact_limit

    @property
    def next(self) -> WeekClock:
        return WeekClock(self.clock.monday + WEEK, self.clock.now)

    @property
    def to_close(self) -> WeekClock:
        """The week that is promised and not closed yet."""
        return WeekClock(last_locked_week(self.clock.now), self.clock.now)

    @property
    def to_plan(self) -> WeekClock:
        """The week whose goals are fixed next."""
        return WeekClock(self.to_close.monday + WEEK, self.clock.now)

    @property
    def today(self) -> date:
        return timezone.localdate(self.clock.now)

    @property
    def earliest_contact(self) -> date:
        return self.today - BACK_DATED_DAYS * DAY

    @property
    def choices(self) -> list[WeekClock]:
        """The weeks that the page offers, newest first: the next one, this one, a quarter back."""
        this_monday = monday_of(self.today)
        mondays = {this_monday + WEEK * n for n in range(-WEEKS_BACK, 2)} | {self.clock.monday}
        return [WeekClock(monday, self.clock.now) for monday in sorted(mondays, reverse=True)]

    def row_of(self, client: Client) -> WeekRow | None:
        return next((row for row in self.rows if row.client.id == client.pk), None)


def week_page(
    *, user: Any, manager: Staff | None, managers: list[Staff], monday: date, now: datetime
) -> WeekPage:
    """Read one manager's week as `user` may see it. Numbers are of today, or of a past Sunday."""
    page = WeekPage(WeekClock(monday, now), manager, managers)
    if manager is not None:
        read = _Reading(page.clock, user, manager)
        page.rows, page.contact_limit = read.rows(), read.contact_limit
    return page


class _Reading:
    """Everything that the rows of one week are made of, read once."""

    def __init__(self, clock: WeekClock, user: Any, manager: Staff) -> None:
        self.clock = clock
        self.week = Period(clock.monday, clock.monday + WEEK)
        self.as_of = min(timezone.localdate(clock.now), clock.sunday)
        day = max(self.as_of, clock.monday)
        stamps = read_stamps()
        limits = limits_on(stamps, self.as_of)
        self.contact_limit = int(limits["contact"])
        self.book: Book = book_on(stamps, self.as_of)
        self.clients = clients_of_manager(user, manager, day)
        ids = [client.id for client in self.clients]
        self.promises = goals_of_weeks(ids, clock.monday)
        self.goals = running_goals(ids, self.as_of, limits["pace"])
        self.touches = last_touches_of(ids, self.as_of)
        self.notes = notes_of_week(ids, clock.monday)
        self.lights = lights_to(ids, clock.monday)
        this_week = (self.promises.get((client, clock.monday), []) for client in ids)
        self.tasks = states_of(goal.id for goals in this_week for goal in goals)

    def rows(self) -> list[WeekRow]:
        return [self._row(client) for client in self.clients if self._belongs(client)]

    def _belongs(self, client: ClientOfManager) -> bool:
        """Served in the week. One on hold stays in sight while it has goals in the week."""
        tenure = self.book.tenures.get(client.id)
        spells = tenure.spells if tenure else ()
        served = any(
            spell.start < self.week.end and (spell.end is None or spell.end > self.week.start)
            for spell in spells
        )
        day = max(self.as_of, self.week.start)
        on_hold = self.book.is_paused(client.id, day)
        return served and (not on_hold or (client.id, self.week.start) in self.promises)

    def _row(self, client: ClientOfManager) -> WeekRow:
        goals = self.goals.get(client.id, ())
        promised = self.promises.get((client.id, self.week.start), [])
        set_already = {goal.text for goal in promised}
        before = self.promises.get((client.id, self.week.start - WEEK), [])
        return WeekRow(
            client=client,
            fees=tuple(self.book.amounts(client.id, self.as_of).items()),
            goals=goals,
            lines=tuple(
                GoalLine.at(self.clock, goal, goals, self.tasks.get(goal.id, NONE))
                for goal in promised
            ),
            next_goals=tuple(
                goal.text for goal in self.promises.get((client.id, self.week.end), [])
            ),
            days_since_contact=self._wait(client),
            contact_limit=self.contact_limit,
            was_contacted=client.id in self.touches,
            note=self.notes.get(client.id),
            lights=states_to(self.lights.get(client.id, {}), self.clock.monday),
            light=self.lights.get(client.id, {}).get(self.clock.monday),
            unfinished=tuple(
                goal.text
                for goal in before
                if goal.status in UNFINISHED and goal.text not in set_already
            ),
        )

    def _wait(self, client: ClientOfManager) -> int | None:
        """Days since contact; None for a client on hold or not served that day."""
        tenure = self.book.tenures.get(client.id)
        since = tenure.start_of_spell(self.as_of) if tenure else None
        if since is None or self.book.is_paused(client.id, self.as_of):
            return None
        return days_since_contact(self.touches.get(client.id), since, self.as_of)
