"""The last thirteen weeks of the numbers on Today: one value a week, the last one is today's."""

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
from metrics.formulas.retention import headcount, retention_rate
from metrics.formulas.weekly_goals import pooled
from metrics.memory import remembered
from metrics.queries.limits import LimitHistory, limit_history
from metrics.queries.on_time_weeks import OnTimeWeeks, on_time_weeks
from metrics.queries.portfolio import ManagerWeeks, manager_weeks
from metrics.queries.stamps import Stamp, Stamps
from metrics.queries.trends import last_touches_by, paces_by
from tasks.models import AsanaUser, Project, PromiseEvent, Task, WeeklyGoal

WEEKS = 13
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PaceTrend:
    """The share on pace, the retainers off pace, and each client's states, week by week."""

    on_pace: list[Ratio]
    off_pace_mrr: list[Decimal | None]
    states: dict[int, list[PaceState | None]]


def same_weekday(day: date) -> tuple[date, ...]:
    """This day and the same weekday of the twelve weeks before, oldest first."""
    return tuple(day - WEEK * back for back in range(WEEKS - 1, -1, -1))


def contact_trend(stamps: Stamps, day: date) -> list[Ratio]:
    """Average days since contact, on each of the days."""
    return _contact(stamps.of(*BOOK), stamps.of(Touchpoint), day)


def pace_trend(stamps: Stamps, day: date) -> PaceTrend:
    goals = stamps.of(ClientGoal, GoalReading)
    return _pace(stamps.of(*BOOK), goals, day, limit_history(stamps))


def kept_trend(stamps: Stamps, day: date) -> list[Ratio]:
    """Share of clients kept over three months, ending on each of the days."""
    return _kept(stamps.of(*BOOK), day)


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
def _contact(money: Stamp, touches: Stamp, today: date) -> list[Ratio]:
    book, days = read_once(money, today), same_weekday(today)
    totals = [[0, 0] for _ in days]
    for client, newest in last_touches_by(days).items():
        tenure = book.tenures.get(client)
        for place, (day, touch) in enumerate(zip(days, newest, strict=True)):
            since = tenure.start_of_spell(day) if tenure else None
            if since is not None and not book.is_paused(client, day):
                totals[place][0] += days_since_contact(touch, since, day)
                totals[place][1] += 1
    return [Ratio(total, clients) for total, clients in totals]


@remembered(4)
def _pace(money: Stamp, goals: Stamp, today: date, limits: LimitHistory) -> PaceTrend:
    book, days = read_once(money, today), same_weekday(today)
    on_pace, off_mrr = [], []
    states: dict[int, list[PaceState | None]] = {}
    for place, (day, paces) in enumerate(zip(days, paces_by(days, limits), strict=True)):
        counts, off = [0, 0], []
        for client, mine in paces.items():
            if not book.is_served(client, day) or book.is_paused(client, day):
                continue
            state = mine.pace.state
            states.setdefault(client, [None] * WEEKS)[place] = state
            counts[0] += state is PaceState.ON
            counts[1] += state.is_judged
            if state is PaceState.OFF:
                off.append(client)
        on_pace.append(Ratio(*counts))
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


def _kept_by(book: Book, day: date) -> Ratio:
    """As the day itself tells it: a pause that is too long by now was not so then."""
    period = Period(add_months(day, -3), day)
    return retention_rate(headcount(book.tenures.values(), period))


@remembered(4)
def _managers(stamp: Stamp, monday: date) -> list[ManagerWeeks]:
    return manager_weeks(monday, WEEKS)


@remembered(4)
def _on_time(stamp: Stamp, monday: date) -> OnTimeWeeks:
    return on_time_weeks(monday, WEEKS)
