"""Every client on one day: who answers for it, what it pays, and how it stands.

Counted once for everybody and kept until a row behind it changes; what a person may see of it is
decided afterwards, by `godview.access`.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.models import (
    Assignment,
    Client,
    ClientGoal,
    Department,
    Engagement,
    ExchangeRate,
    Fee,
    GoalReading,
    Pause,
    Pod,
    Staff,
    Touchpoint,
    TrafficLight,
)
from godview.access import reach_of
from metrics.formulas.book import Book
from metrics.formulas.contact import days_since_contact
from metrics.formulas.mrr import MissingRateError, worth
from metrics.formulas.pace import Pace, PaceState
from metrics.memory import remembered
from metrics.queries.books import read_book
from metrics.queries.lights import LIGHT_WORDS, newest_lights
from metrics.queries.limits import limits_on
from metrics.queries.pace import client_paces
from metrics.queries.portfolio import ClientRow, GoalCount, client_rows, goal_counts
from metrics.queries.scopes import AGENCY
from metrics.queries.stamps import Stamp, Stamps
from tasks.models import WeeklyGoal

State = Literal["good", "watch", "bad", "none"]
RECENT_WEEKS = 4
NO_GOALS = GoalCount(0, 0, 0)
BOOK = (Engagement, Pause, Fee, ExchangeRate)
ROWS = (
    Client,
    Assignment,
    Pod,
    Staff,
    Department,
    Touchpoint,
    ClientGoal,
    GoalReading,
    WeeklyGoal,
    TrafficLight,
)

PACE_STATES: dict[PaceState, State] = {
    PaceState.ON: "good",
    PaceState.BEHIND: "watch",
    PaceState.OFF: "bad",
    PaceState.TOO_NEW: "none",
    PaceState.NO_READING: "none",
}
PACE_WORDS = cast(
    dict[PaceState, str],  # said in the language of who reads
    {
        PaceState.ON: gettext_lazy("On pace"),
        PaceState.BEHIND: gettext_lazy("Behind"),
        PaceState.OFF: gettext_lazy("Off pace"),
        PaceState.TOO_NEW: gettext_lazy("Too new to judge"),
        PaceState.NO_READING: gettext_lazy("No reading yet"),
    },
)


@dataclass(frozen=True, slots=True)
class Line:
    """One client on one day. `mrr` is None where a currency has no exchange rate."""

    who: ClientRow
    since: date
    paused: bool
    mrr: Decimal | None
    days: int | None  # since contact; None while on hold
    pace: Pace | None
    goals: GoalCount
    contact_limit: int  # in days, of this day
    light: State = "none"  # as its manager marked this week, or else the last one

    @property
    def light_words(self) -> str:
        return _("Light: %(colour)s") % {"colour": LIGHT_WORDS[self.light]}

    @property
    def id(self) -> int:
        return self.who.id

    @property
    def pace_state(self) -> State:
        return PACE_STATES[self.pace.state] if self.pace else "none"

    @property
    def pace_words(self) -> str:
        if self.paused:
            return _("On hold")
        return str(PACE_WORDS[self.pace.state]) if self.pace else _("No 90-day goal")

    @property
    def contact_state(self) -> State:
        return contact_state(self.days, self.contact_limit)

    @property
    def contact_words(self) -> str:
        if self.days is None:
            return _("on hold")
        told = ngettext("%(count)s day since contact", "%(count)s days since contact", self.days)
        return told % {"count": self.days}


def contact_state(days: float | None, limit: int) -> State:
    """Over the limit is bad; the last fifth before it is worth watching."""
    if days is None:
        return "none"
    if days > limit:
        return "bad"
    return "watch" if days * 5 > limit * 4 else "good"


def all_lines(stamps: Stamps, day: date) -> tuple[Line, ...]:
    """Every client served on a day, by name, whoever asks."""
    limits = limits_on(stamps, day)
    contact, pace = int(limits["contact"]), limits["pace"]
    return _lines(stamps.of(*BOOK), stamps.of(*ROWS), day, contact, pace)


def lines_for(user: Any, stamps: Stamps, day: date) -> tuple[Line, ...]:
    """The clients served on a day that a person may see, by name."""
    lines = all_lines(stamps, day)
    if reach_of(user).everything:
        return lines
    mine = set(Client.objects.visible_to(user).values_list("pk", flat=True))
    return tuple(line for line in lines if line.id in mine)


def book_on(stamps: Stamps, day: date) -> Book:
    return read_once(stamps.of(*BOOK), day)


@remembered(4)
def read_once(stamp: Stamp, day: date) -> Book:
    """The book of the whole agency; `stamp` tells one state of the rows from another."""
    return read_book(AGENCY, day)


@remembered(4)
def _lines(
    money: Stamp, rows: Stamp, day: date, contact_limit: int, off_below: float
) -> tuple[Line, ...]:
    book = read_once(money, day)
    paces = client_paces(AGENCY, day, off_below)
    goals = goal_counts(day, RECENT_WEEKS)
    lights = newest_lights(day)
    lines = []
    for who in client_rows(day):
        since = _since(book, who.id, day)
        if since is None:
            continue  # on hold for so long that it counts as gone
        paused = book.is_paused(who.id, day)
        mine = paces.get(who.id)
        lines.append(
            Line(
                who=who,
                since=since,
                paused=paused,
                mrr=_mrr(book, who.id, day),
                days=None if paused else days_since_contact(who.last_touch, since, day),
                pace=mine.pace if mine and not paused else None,
                goals=goals.get(who.id, NO_GOALS),
                contact_limit=contact_limit,
                light=lights.get(who.id, "none"),
            )
        )
    return tuple(lines)


def _since(book: Book, client: Hashable, day: date) -> date | None:
    tenure = book.tenures.get(client)
    return tenure.start_of_spell(day) if tenure else None


def _mrr(book: Book, client: Hashable, day: date) -> Decimal | None:
    try:
        return worth(book.amounts(client, day), book.rates, day)
    except MissingRateError:
        return None


def ends_on(book: Book, line: Line) -> date | None:
    """The day on which the client leaves, if that is known."""
    for spell in book.tenures[line.id].spells:
        if spell.start == line.since:
            return spell.end
    return None


def months_with_us(line: Line, day: date) -> int:
    return (day - line.since + timedelta(days=1)).days * 12 // 365
