"""The last thirteen weeks of the numbers on Today: one value a week, the last one is today's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from clients.models import ClientGoal, Department, GoalReading, Staff, Touchpoint
from godview.periods import Period, add_months, monday_of
from metrics.dashboards.past import read_ledger_once
from metrics.dashboards.portfolio import BOOK, read_once
from metrics.formulas.book import Book
from metrics.formulas.contact import days_since_contact
from metrics.formulas.mrr import MissingRateError
from metrics.formulas.pace import PaceState
from metrics.formulas.ratio import Ratio
from metrics.formulas.retention import Tenure, headcount, retention_rate
from metrics.formulas.weekly_goals import pooled
from metrics.memory import remembered
from metrics.queries.limits import LimitHistory, limit_history
from metrics.queries.on_time_weeks import OnTimeWeeks, on_time_weeks
from metrics.queries.portfolio import ManagerWeeks, manager_weeks
from metrics.queries.scopes import Roster
from metrics.queries.stamps import Stamp, Stamps
from metrics.queries.trends import last_touches_by, paces_by
from tasks.models import AsanaUser, Project, PromiseEvent, Task, WeeklyGoal

WEEKS = 13
WEEK = timedelta(days=7)
EVERYBODY = Roster()
States = dict[int, list[PaceState | None]]
Waits = dict[int, list[int | None]]


@dataclass(frozen=True, slots=True)
class PaceTrend:
    """The share on pace, the retainers off pace, and each client's states, week by week."""

    on_pace: list[Ratio]
    off_pace_mrr: list[Decimal | None]
    states: States


def same_weekday(day: date) -> tuple[date, ...]:
    """This day and the same weekday of the twelve weeks before, oldest first."""
    return tuple(day - WEEK * back for back in range(WEEKS - 1, -1, -1))


def waits_by_client(stamps: Stamps, day: date) -> Waits:
    """Days since each client heard from us, on each of the days; None: not worked for then."""
    return _waits(stamps.of(*BOOK), stamps.of(Touchpoint), day)


def contact_trend(stamps: Stamps, day: date, part: Roster = EVERYBODY) -> list[Ratio]:
    """Average days since contact, on each of the days, of who was in the part then."""
    waits = waits_by_client(stamps, day)
    return [_mean(waits, place, then, part) for place, then in enumerate(same_weekday(day))]


def _mean(waits: Waits, place: int, day: date, part: Roster) -> Ratio:
    known = [
        mine[place] or 0
        for client, mine in waits.items()
        if mine[place] is not None and part.has(client, day)
    ]
    return Ratio(sum(known), len(known))


def pace_trend(stamps: Stamps, day: date) -> PaceTrend:
    goals = stamps.of(ClientGoal, GoalReading)
    return _pace(stamps.of(*BOOK), goals, day, limit_history(stamps))


def pace_trend_of(part: Roster, stamps: Stamps, day: date) -> PaceTrend:
    """The same of the clients that were in a part of the agency on each of the days."""
    whole, days = pace_trend(stamps, day), same_weekday(day)
    mine: States = {}
    for client, states in whole.states.items():
        held = [
            state if part.has(client, then) else None
            for state, then in zip(states, days, strict=True)
        ]
        if any(held):
            mine[client] = held
    return _told(mine, read_once(stamps.of(*BOOK), day), days)


def kept_trend(stamps: Stamps, day: date, part: Roster = EVERYBODY) -> list[Ratio]:
    """Share of clients kept over three months, ending on each of the days."""
    if part.spells is None:
        return _kept(stamps.of(*BOOK), day)
    ledger = read_ledger_once(stamps.of(*BOOK)).within(part.spells)
    return [_kept_by(ledger.on(then), then, part) for then in same_weekday(day)]


def goals_by_manager(stamps: Stamps, day: date) -> list[ManagerWeeks]:
    """Weekly goals hit in the last thirteen full weeks, by who set them."""
    return _managers(stamps.of(WeeklyGoal, Staff), monday_of(day))


def goals_of_agency(managers: list[ManagerWeeks]) -> list[Ratio]:
    return [pooled(manager.weeks[week] for manager in managers) for week in range(WEEKS)]


def on_time_by_department(stamps: Stamps, day: date) -> OnTimeWeeks:
    """Tasks done by their first due date in the last thirteen full weeks."""
    return _on_time(
        stamps.of(Task, Project, AsanaUser, Staff, Department, PromiseEvent), monday_of(day)
    )


@remembered(4)
def _waits(money: Stamp, touches: Stamp, today: date) -> Waits:
    book, days = read_once(money, today), same_weekday(today)
    found: Waits = {}
    for client, newest in last_touches_by(days).items():
        tenure = book.tenures.get(client)
        mine: list[int | None] = [None] * WEEKS
        for place, (day, touch) in enumerate(zip(days, newest, strict=True)):
            since = tenure.start_of_spell(day) if tenure else None
            if since is not None and not book.is_paused(client, day):
                mine[place] = days_since_contact(touch, since, day)
        found[client] = mine
    return found


@remembered(4)
def _pace(money: Stamp, goals: Stamp, today: date, limits: LimitHistory) -> PaceTrend:
    book, days = read_once(money, today), same_weekday(today)
    states: States = {}
    for place, (day, paces) in enumerate(zip(days, paces_by(days, limits), strict=True)):
        for client, mine in paces.items():
            if book.is_served(client, day) and not book.is_paused(client, day):
                states.setdefault(client, [None] * WEEKS)[place] = mine.pace.state
    return _told(states, book, days)


def _told(states: States, book: Book, days: Sequence[date]) -> PaceTrend:
    on_pace, off_mrr = [], []
    for place, day in enumerate(days):
        now = {client: mine[place] for client, mine in states.items()}
        judged = [state for state in now.values() if state is not None and state.is_judged]
        on_pace.append(Ratio(sum(state is PaceState.ON for state in judged), len(judged)))
        off = [client for client, state in now.items() if state is PaceState.OFF]
        off_mrr.append(_worth(book, off, day))
    return PaceTrend(on_pace, off_mrr, states)


def _worth(book: Book, clients: list[int], day: date) -> Decimal | None:
    try:
        return book.mrr(clients, day).amount
    except MissingRateError:
        return None


@remembered(4)
def _kept(money: Stamp, today: date) -> list[Ratio]:
    ledger = read_ledger_once(money)
    return [_kept_by(ledger.on(day), day) for day in same_weekday(today)]


def _kept_by(book: Book, day: date, part: Roster = EVERYBODY) -> Ratio:
    """As the day itself tells it: a pause that is too long by now was not so then."""
    period = Period(add_months(day, -3), day)
    mine = [one for one in book.tenures.values() if belongs(one, period, part)]
    return retention_rate(headcount(mine, period))


def belongs(one: Tenure, period: Period, part: Roster) -> bool:
    """Clients belong to who served them at the start; those who came later, at the end."""
    return part.has(one.client, period.start if one.covers(period.start) else period.end)


@remembered(4)
def _managers(stamp: Stamp, monday: date) -> list[ManagerWeeks]:
    return manager_weeks(monday, WEEKS)


@remembered(4)
def _on_time(stamp: Stamp, monday: date) -> OnTimeWeeks:
    return on_time_weeks(monday, WEEKS)
