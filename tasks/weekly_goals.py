"""What a manager promises a client for a week: set, promised, marked, and never quietly changed.

Until the week is locked (Monday noon) a goal may be edited or taken out. From then on its words,
week and client are facts: it can only be marked, and one that is taken out still counts.
"""

from datetime import date, datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from clients.models import Client, ClientGoal, Staff
from godview.periods import WEEK, monday_of
from tasks.ledger.goals import keep
from tasks.models import WeeklyGoal
from tasks.versions import locked
from tasks.weeks import closes_at, last_locked_week, locks_at, week_words

WEEKS_AHEAD = 13
Status = WeeklyGoal.Status
MARKS: Final = (Status.MET, Status.MISSED, Status.OPEN)


@transaction.atomic
def add(
    *,
    client: Client,
    manager: Staff,
    week_starts_on: date,
    text: str,
    now: datetime,
    client_goal: ClientGoal | None = None,
    note: str = "",
) -> WeeklyGoal:
    """Set a goal for this week or a coming one. After the week's lock it is unplanned."""
    this_week = monday_of(timezone.localdate(now))
    if week_starts_on < this_week:
        raise ValidationError(
            _("%(starts_on)s is over. Set the goal for this week or the next one.")
            % {"starts_on": week_words(week_starts_on)}
        )
    if week_starts_on > this_week + WEEKS_AHEAD * WEEK:
        raise ValidationError(
            _("Goals are set at most %(weeks_ahead)s weeks ahead: choose a week.")
            % {"weeks_ahead": WEEKS_AHEAD}
        )
    late = locks_at(week_starts_on) <= now
    goal = WeeklyGoal(
        client=client,
        manager=manager,
        client_goal=client_goal,
        week_starts_on=week_starts_on,
        text=" ".join(text.split()),
        unplanned=late,
        committed_at=now if late else None,
        note=note.strip(),
    )
    goal.full_clean()
    goal.save()
    keep(WeeklyGoal.objects.filter(pk=goal.pk), now)
    return goal


@transaction.atomic
def edit(
    *,
    goal: WeeklyGoal,
    now: datetime,
    text: str,
    client_goal: ClientGoal | None,
    note: str = "",
    version: int | None = None,
) -> WeeklyGoal:
    """Change the words before the lock; the 90-day goal it serves and the note, until it closes."""
    row = locked(goal, version)
    text = " ".join(text.split())
    if text != row.text and row.is_locked_at(now):
        raise ValidationError(
            _(
                "The goals of %(starts_on)s were promised and their words are fixed. Mark this "
                "one, and set another one for the next week."
            )
            % {"starts_on": week_words(row.week_starts_on)}
        )
    _refuse_a_closed_week(row, now)
    row.text, row.client_goal, row.note = text, client_goal, note.strip()
    return _saved(row, now)


@transaction.atomic
def withdraw(*, goal: WeeklyGoal, now: datetime, version: int | None = None) -> WeeklyGoal | None:
    """Take a goal out: gone before the lock; after it, it stays as withdrawn and still counts."""
    row = locked(goal, version)
    if not row.is_locked_at(now):
        row.delete()
        return None
    _refuse_a_closed_week(row, now)
    row.status, row.closed_at = Status.DELETED, now
    return _saved(row, now)


@transaction.atomic
def mark(
    *,
    goal: WeeklyGoal,
    status: str,
    now: datetime,
    note: str | None = None,
    version: int | None = None,
) -> WeeklyGoal:
    """Hit or missed; or open again after a slip, until the week closes."""
    row = locked(goal, version)
    _refuse_a_strange_mark(row, status, now)
    row.status = status
    row.closed_at = None if status == Status.OPEN else now
    row.note = row.note if note is None else note.strip()
    return _saved(row, now)


@transaction.atomic
def commit_week(*, manager: Staff, week_starts_on: date, now: datetime) -> int:
    """Promise the manager's goals of a week before its lock does; how many there were."""
    goals = WeeklyGoal.objects.select_for_update().of_week(week_starts_on)
    open_goals = goals.filter(manager=manager, committed_at__isnull=True)
    return _commit(list(open_goals), min(now, locks_at(week_starts_on)), now)


@transaction.atomic
def commit(*, goal: WeeklyGoal, now: datetime) -> None:
    """Promise one goal before its week's lock does, as a meeting that decides on it."""
    row = locked(goal, None)
    if row.committed_at is None:
        _commit([row], min(now, locks_at(row.week_starts_on)), now)


@transaction.atomic
def lock_due_weeks(now: datetime) -> int:
    """Write down that every goal whose week's lock has passed was promised at that moment."""
    goals = WeeklyGoal.objects.select_for_update().filter(
        committed_at__isnull=True, week_starts_on__lte=last_locked_week(now)
    )
    by_week: dict[date, list[WeeklyGoal]] = {}
    for goal in goals:
        by_week.setdefault(goal.week_starts_on, []).append(goal)
    committed = sum(_commit(rows, locks_at(monday), now) for monday, rows in by_week.items())
    keep(WeeklyGoal.objects.all(), now)  # whatever was changed in another way than here
    return committed


def _commit(goals: list[WeeklyGoal], moment: datetime, now: datetime) -> int:
    for goal in goals:
        goal.committed_at = moment
    bulk_update_with_history(goals, WeeklyGoal, ["committed_at"], batch_size=500)
    keep(WeeklyGoal.objects.filter(pk__in=[goal.pk for goal in goals]), now)
    return len(goals)


def _refuse_a_strange_mark(row: WeeklyGoal, status: str, now: datetime) -> None:
    if status not in MARKS:
        raise ValidationError(_("A goal is hit, missed or not marked yet: choose one of these."))
    if row.status not in MARKS:
        word = row.get_status_display().lower()
        raise ValidationError(
            _("This goal was %(word)s and stays so. Set another one instead.") % {"word": word}
        )
    if row.week_starts_on > timezone.localdate(now):
        raise ValidationError(
            _("%(starts_on)s has not begun: mark its goals from Monday on.")
            % {"starts_on": week_words(row.week_starts_on)}
        )
    if row.status != Status.OPEN:
        _refuse_a_closed_week(row, now)


def _refuse_a_closed_week(row: WeeklyGoal, now: datetime) -> None:
    if closes_at(row.week_starts_on) <= now:
        raise ValidationError(
            _(
                "%(starts_on)s is closed and its results stand. Tell an administrator if one of "
                "them is wrong."
            )
            % {"starts_on": week_words(row.week_starts_on)}
        )


def _saved(row: WeeklyGoal, now: datetime) -> WeeklyGoal:
    """Promised first, where its week is locked: the ledger tells what it was and what it became."""
    stored = WeeklyGoal.objects.filter(pk=row.pk)
    lock = locks_at(row.week_starts_on)
    if row.committed_at is None and lock <= now:
        row.committed_at = lock
        stored.update(committed_at=lock)
    keep(stored, now)
    row.version += 1
    row.full_clean()
    row.save()
    keep(stored, now)
    return row
