"""The standing of a promise, worked out again from its events and from what Asana shows.

It proves that a standing is nothing of its own, and mends one that was changed by hand.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tasks.models import (
    Finding,
    Membership,
    Postponement,
    Promise,
    PromiseEvent,
    Standing,
    Task,
)

Kind, State, Excuse = PromiseEvent.Kind, Standing.State, PromiseEvent.Excuse
JUDGED = {
    Kind.MET: State.DONE,
    Kind.MISSED: State.MISSED,
    Kind.UNMARKED: State.OPEN,
    Kind.WITHDRAWN: State.GONE,
}
FIELDS = tuple(field.attname for field in Standing._meta.concrete_fields if not field.primary_key)


def differing() -> Iterator[tuple[Standing, Standing]]:
    """Each standing that is not what it should be, and what it should be."""
    for promises in _batches():
        for promise, standing in rebuilt(promises):
            kept = promise.standing
            if any(getattr(kept, name) != getattr(standing, name) for name in FIELDS):
                yield kept, standing


@transaction.atomic
def mend() -> int:
    """Put every standing right that was changed by hand; how many."""
    wrong = [right for _, right in differing()]
    Standing.objects.bulk_update(
        wrong, [name.removesuffix("_id") for name in FIELDS], batch_size=500
    )
    return len(wrong)


def rebuilt(promises: Iterable[Promise]) -> list[tuple[Promise, Standing]]:
    """Each promise with its standing as it should be; nothing is written."""
    rows = list(promises)
    events = _by_promise(PromiseEvent.objects.filter(promise__in=rows).order_by("pk"))
    dismissed = _dismissed(event for mine in events.values() for event in mine)
    joined = dict(
        PromiseEvent.objects.filter(
            kind=Kind.RECREATED, twin__in=[row.task_id for row in rows if row.task_id]
        ).values_list("twin_id", "promise_id")
    )
    found = [(row, _of_events(row, events[row.pk], dismissed, joined)) for row in rows]
    _of_the_work(found)
    return found


def _batches(size: int = 1000) -> Iterator[list[Promise]]:
    last = 0
    rows = Promise.objects.select_related("standing").order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:size]):
        last = batch[-1].pk
        yield batch


def _by_promise(events: Iterable[PromiseEvent]) -> dict[int, list[PromiseEvent]]:
    found: dict[int, list[PromiseEvent]] = defaultdict(list)
    for event in events:
        found[event.promise_id].append(event)
    return found


def _dismissed(events: Iterable[PromiseEvent]) -> set[int]:
    """The events that somebody said were in order: the ledger says it, a finding may be forged."""
    told = [event.evidence.get("finding") for event in events if event.kind == Kind.DISMISSED]
    findings = Finding.objects.filter(pk__in=told, event__isnull=False)
    return {event for event in findings.values_list("event_id", flat=True) if event is not None}


def _of_events(
    promise: Promise, events: list[PromiseEvent], dismissed: set[int], joined: dict[int, int]
) -> Standing:
    first = joined.get(promise.task_id or 0)
    standing = Standing(
        promise_id=promise.pk,  # to set the row itself would change what it has kept
        carrier_id=None if first else promise.task_id,
        continues_id=first,
        agreed_on=promise.due_on,
        agreed_at=promise.due_at,
        due_on=promise.due_on,
        due_at=promise.due_at,
    )
    if promise.task_id is None:
        standing.state = promise.details.get("state", State.OPEN)
    for event in events:
        standing.state = JUDGED.get(Kind(event.kind), standing.state)
        if event.kind in PromiseEvent.ATTEMPTS and not event.excuse:
            standing.attempts += event.pk not in dismissed
        if event.kind == Kind.POSTPONED:
            _postpone(promise, standing, event)
        elif event.kind == Kind.CHANGED:
            _change(promise, standing, event)
        elif event.kind == Kind.RECREATED:
            standing.carrier_id = event.twin_id
        elif event.kind in (Kind.REMOVED, Kind.RETURNED):
            standing.is_away = event.kind == Kind.REMOVED
        elif event.excuse == Excuse.RECURRING:
            _roll_over(standing, event)
        elif event.kind in (Kind.MOVED, Kind.CLEARED):
            standing.due_on, standing.due_at = _due(event.now)
    return standing


def _roll_over(standing: Standing, event: PromiseEvent) -> None:
    standing.carrier_id, standing.state = None, State.DONE
    standing.completed_at = datetime.fromisoformat(event.evidence["finished_at"])
    standing.completed_on = timezone.localdate(standing.completed_at)


def _due(spelled: str) -> tuple[date | None, datetime | None]:
    if "T" in spelled:
        moment = datetime.fromisoformat(spelled)
        return timezone.localdate(moment), moment
    return (date.fromisoformat(spelled) if spelled else None), None


def _postpone(promise: Promise, standing: Standing, event: PromiseEvent) -> None:
    standing.agreed_on, standing.agreed_at = date.fromisoformat(event.now), None
    standing.postponements += 1
    standing.days_slipped = (standing.agreed_on - promise.due_on).days
    standing.asked_in_time = standing.asked_in_time or bool(event.evidence.get("in_time"))
    blocked = event.evidence.get("reason") == Postponement.Reason.CLIENT
    standing.for_the_client = standing.for_the_client or blocked


def _change(promise: Promise, standing: Standing, event: PromiseEvent) -> None:
    last_day = date.fromisoformat(event.evidence["due_on"])
    standing.postponements += last_day > standing.agreed_on
    standing.agreed_on = standing.due_on = last_day
    standing.days_slipped = max(0, (last_day - promise.due_on).days)


def _of_the_work(found: list[tuple[Promise, Standing]]) -> None:
    """What Asana shows of the tasks that carry them, and how weekly goals are marked."""
    tasks = Task.objects.select_related("parent").in_bulk(
        [standing.carrier_id for _, standing in found if standing.carrier_id]
    )
    places = Membership.objects.filter(Q(task__in=tasks), project__client__isnull=False)
    stands = set(places.values_list("task_id", "project__client_id"))
    for promise, standing in found:
        task = tasks.get(standing.carrier_id or 0)
        kept = promise.standing
        if task is not None:
            _follow(standing, task, (task.pk, promise.client_id) in stands)
        elif standing.continues_id is not None:
            _as_it_was_joined(standing, kept)
        elif promise.task_id is None and standing.state == State.DONE:
            # A goal is as its events say; only when it was closed stands in no event.
            standing.completed_at, standing.completed_on = kept.completed_at, kept.completed_on


def _as_it_was_joined(standing: Standing, kept: Standing) -> None:
    """It counts nowhere any more, and nobody follows what becomes of it."""
    for name in FIELDS:
        if name not in ("carrier_id", "continues_id"):
            setattr(standing, name, getattr(kept, name))


def _follow(standing: Standing, task: Task, is_there: bool) -> None:
    standing.due_on, standing.due_at = task.due_on, task.due_at
    standing.completed_at, standing.completed_on = task.completed_at, task.completed_on
    standing.is_gone = task.deleted_at is not None
    if not standing.is_gone:
        standing.is_away = not is_there
    standing.parent_gid = task.parent.gid if task.parent else ""
    if task.completed_at is not None:
        standing.state = State.DONE
    else:
        standing.state = State.GONE if standing.is_gone else State.OPEN
