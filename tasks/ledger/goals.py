"""Weekly goals in the ledger: promised when they are locked, then hit, missed or withdrawn.

Compared with what is stored, as tasks are, so that no way of changing a goal gets round it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Case, CharField, F, Q, QuerySet, When
from django.utils import timezone

from clients.models import Staff
from tasks.ledger.commitment import GOAL_STATES, stand
from tasks.ledger.sets import text
from tasks.models import KnownBy, Promise, PromiseEvent, Standing, WeeklyGoal

Kind, State, Status = PromiseEvent.Kind, Standing.State, WeeklyGoal.Status
TOLD = {
    State.OPEN: Kind.UNMARKED,
    State.DONE: Kind.MET,
    State.MISSED: Kind.MISSED,
    State.GONE: Kind.WITHDRAWN,
}
FOLLOWS = ("state", "completed_at", "completed_on")


class Deed(NamedTuple):
    """Who changed a goal last, and when. An account without a member of staff has a name, too."""

    by: Staff | None
    at: datetime
    name: str = ""
    status: str = ""


@transaction.atomic
def keep(goals: "QuerySet[WeeklyGoal]", now: datetime) -> int:
    """Bring the ledger up to these goals; how many things happened to them."""
    _commit(goals)
    changed = list(_differing(goals))
    goals_changed = {row.pk: row.promise.weekly_goal_id or 0 for row in changed}
    deeds = _deeds(goals_changed.values())
    events = []
    for row in changed:
        deed = deeds.get(goals_changed[row.pk], Deed(None, now))
        goal = row.promise.weekly_goal
        if goal is not None and deed.status != goal.status:
            deed = Deed(None, now)  # it was changed past the program: nobody is named for it
        events.append(_event(row, deed, now))
        _follow(row, deed)
    PromiseEvent.objects.bulk_create(events, batch_size=500)
    Standing.objects.bulk_update(changed, FOLLOWS, batch_size=500)
    return len(events)


def _commit(goals: "QuerySet[WeeklyGoal]") -> None:
    """Promise every one of them that has been committed: with its words, due on the Sunday."""
    new = goals.filter(committed_at__isnull=False, promise=None).order_by("pk")
    rows = [
        Promise(
            kind=Promise.Kind.WEEKLY_GOAL,
            client_id=goal.client_id,
            owner_id=goal.manager_id,
            text=goal.text,
            due_on=goal.due_on,
            committed_at=goal.committed_at,
            unplanned=goal.unplanned,
            known_by=KnownBy.PERSON,
            details=_as_it_came(goal),
            weekly_goal=goal,
        )
        for goal in new
        if goal.committed_at is not None
    ]
    if rows:
        Promise.objects.bulk_create(rows, batch_size=500)
        stand()


def _as_it_came(goal: WeeklyGoal) -> dict[str, str]:
    """An imported goal may be judged already: that has no event, so the promise itself says it."""
    state = _state(goal)
    return {} if state == State.OPEN else {"state": state}


def _differing(goals: "QuerySet[WeeklyGoal]") -> "QuerySet[Standing]":
    """Marked otherwise than the ledger knows. Its words the database keeps as they are."""
    cases = [When(promise__weekly_goal__status=a, then=text(b)) for a, b in GOAL_STATES.items()]
    return (
        Standing.objects.filter(promise__weekly_goal__in=goals)
        .annotate(marked=Case(*cases, default=text(State.OPEN), output_field=CharField()))
        .filter(~Q(state=F("marked")))
        .select_related("promise__weekly_goal")
        .select_for_update(of=("self",))
        .order_by("pk")
    )


def _event(row: Standing, deed: Deed, now: datetime) -> PromiseEvent:
    goal = row.promise.weekly_goal
    return PromiseEvent(
        promise=row.promise,
        kind=TOLD[_state(goal)],
        was=row.get_state_display(),
        now=goal.get_status_display() if goal else "",
        actor=deed.by,
        actor_name=deed.by.name if deed.by else deed.name,
        happened_at=deed.at,
        recorded_at=now,
        known_by=KnownBy.PERSON,
    )


def _state(goal: WeeklyGoal | None) -> Standing.State:
    return GOAL_STATES.get(Status(goal.status), State.OPEN) if goal else State.OPEN


def _follow(row: Standing, deed: Deed) -> None:
    goal = row.promise.weekly_goal
    row.state = _state(goal)
    is_done = row.state == State.DONE
    row.completed_at = (goal.closed_at or deed.at) if goal and is_done else None
    row.completed_on = timezone.localdate(row.completed_at) if row.completed_at else None


def _deeds(goals: Iterable[int]) -> dict[int, Deed]:
    """By goal: the last line of its history."""
    lines = WeeklyGoal.history.filter(id__in=list(goals)).order_by("history_id")
    found = lines.values_list(
        "id", "history_user__staff", "history_date", "history_user__email", "status"
    )
    people = Staff.objects.in_bulk({staff for _, staff, *_ in found if staff})
    return {
        goal: Deed(people.get(staff), at, email or "", status)
        for goal, staff, at, email, status in found
    }
