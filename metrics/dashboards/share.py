"""What a client may read about itself: its promised weeks and its 90-day goals, in its own words.

Nothing else belongs here: no note, no reason, no finding, no other client, nobody of the staff
besides the manager.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Client, Obligation
from metrics.formulas.pace import PaceState
from metrics.queries.client import obligations
from metrics.queries.limits import read_limits
from metrics.queries.week import RunningGoal, running_goals
from tasks.models import SharedWeek, WeeklyGoal
from tasks.week_clock import WeekClock

Status = WeeklyGoal.Status
PACE_FOR_CLIENTS = {
    PaceState.ON: gettext_lazy("On course"),
    PaceState.BEHIND: gettext_lazy("A little behind"),
    PaceState.OFF: gettext_lazy("Behind"),
    PaceState.TOO_NEW: gettext_lazy("Too early to say"),
    PaceState.NO_READING: gettext_lazy("Not measured yet"),
}
WORDS = {
    Status.MET: gettext_lazy("Done"),
    Status.MISSED: gettext_lazy("Not done"),
    Status.POSTPONED: gettext_lazy("Moved to a later day"),
    Status.DELETED: gettext_lazy("Withdrawn"),
}


class Promised(NamedTuple):
    text: str
    status: str
    words: str
    added_later: bool


@dataclass(frozen=True, slots=True)
class Week:
    clock: WeekClock
    goals: list[Promised]


@dataclass(frozen=True, slots=True)
class Course:
    """A 90-day goal, and whether it will be reached at this pace."""

    goal: RunningGoal

    @property
    def words(self) -> str:
        return str(PACE_FOR_CLIENTS[self.goal.pace.state])


@dataclass(frozen=True, slots=True)
class SharePage:
    client: str
    manager: str
    weeks: list[Week]
    courses: list[Course]
    waiting: list[Obligation]  # what the client owes us an answer to
    now: datetime


def share_page(client: Client, shared: Iterable[SharedWeek], now: datetime) -> SharePage:
    today = timezone.localdate(now)
    mondays = [row.week_starts_on for row in shared]
    goals = _goals(client, mondays, now)
    assignment = client.assignments.on(today).select_related("account_manager").first()
    manager = assignment.account_manager if assignment else None
    running = running_goals([client.pk], today, read_limits().on(today)["pace"]).get(client.pk, ())
    return SharePage(
        client=client.name,
        manager=manager.name if manager else "",
        weeks=[Week(WeekClock(monday, now), goals[monday]) for monday in mondays],
        courses=[Course(goal) for goal in running],
        waiting=obligations(client, now),
        now=timezone.localtime(now),
    )


def _goals(client: Client, mondays: list[date], now: datetime) -> dict[date, list[Promised]]:
    """In the words of the promise, which nobody can change."""
    found: dict[date, list[Promised]] = {monday: [] for monday in mondays}
    rows = client.weekly_goals.filter(week_starts_on__in=mondays).order_by("unplanned", "pk")
    columns = ("week_starts_on", "promise__text", "text", "status", "unplanned")
    for monday, frozen, text, status, unplanned in rows.values_list(*columns):
        words = str(WORDS.get(status, "")) or _open_words(WeekClock(monday, now))
        found[monday].append(Promised(frozen or text, status, words, unplanned))
    return found


def _open_words(clock: WeekClock) -> str:
    return _("Not confirmed yet") if clock.is_over else _("In work")
