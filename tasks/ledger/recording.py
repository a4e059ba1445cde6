"""What became different, written into the ledger: an event each, and a finding where one is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tasks.ledger.differences import Change, Difference
from tasks.ledger.excuses import Days, Evidence, excuse_of
from tasks.models import AsanaUser, Finding, KnownBy, PromiseEvent, Standing

Kind, State = PromiseEvent.Kind, Standing.State
# How sure we are that a promise was got round, by what happened to it; a twin makes it surer.
SCORES = {
    Kind.MOVED: 0.9,
    Kind.CLEARED: 0.9,
    Kind.SUBTASK: 0.5,
    Kind.REMOVED: 0.6,
    Kind.DELETED: 0.6,
    Kind.REOPENED: 0.5,
}
SURE = 1.0
STANDING = (
    "state",
    "carrier",
    "due_on",
    "due_at",
    "completed_at",
    "completed_on",
    "is_gone",
    "is_away",
    "parent_gid",
    "attempts",
)


@dataclass
class Recorded:
    """What was written: the events, and the findings that a person should look at."""

    events: list[PromiseEvent] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@transaction.atomic
def record(
    differences: Iterable[Difference], evidence: Mapping[str, Evidence], now: datetime
) -> Recorded:
    """Write down what changed; `evidence` is Asana's own record by the task's number.

    A difference that has been written by somebody else meanwhile is left out, so that two
    workers never tell the same twice.
    """
    found = {one.standing.pk: one for one in differences}
    rows = Standing.objects.select_for_update(of=("self",)).filter(pk__in=found)
    current = {row.pk: row for row in rows}
    people = _people(evidence.values())
    done = Recorded()
    changed = []
    for pk, difference in found.items():
        standing = current[pk]
        if not _is_as_before(standing, difference.standing):
            continue
        told = evidence.get(difference.task_gid)
        for change in difference.changes:
            event = _event(difference, change, told, people, now)
            done.events.append(event)
            if event.kind in PromiseEvent.ATTEMPTS and not event.excuse:
                standing.attempts += 1
        changed.append(_follow(standing, difference, told))
    PromiseEvent.objects.bulk_create(done.events, batch_size=500)
    Standing.objects.bulk_update(changed, STANDING, batch_size=500)
    done.findings = [one for event in done.events if (one := _finding(event, now))]
    Finding.objects.bulk_create(done.findings, batch_size=500)
    return done


def _is_as_before(now: Standing, then: Standing) -> bool:
    names = ("carrier_id", *(name for name in STANDING if name != "carrier"))
    return all(getattr(now, name) == getattr(then, name) for name in names)


def _event(
    difference: Difference,
    change: Change,
    told: Evidence | None,
    people: Mapping[str, int],
    now: datetime,
) -> PromiseEvent:
    promise, seen = difference.standing.promise, difference.seen
    was_done = difference.standing.completed_at is not None
    days = Days(
        promised=promise.due_on,
        agreed=difference.standing.agreed_on,
        before=difference.standing.due_on,
        after=seen.due_on,
    )
    excuse = excuse_of(change.kind, days, told)
    if not excuse and was_done and change.kind not in (Kind.REOPENED, Kind.RESTORED, Kind.RETURNED):
        excuse = PromiseEvent.Excuse.DONE
    return PromiseEvent(
        promise=promise,
        kind=change.kind,
        was=change.was,
        now=change.now,
        actor_id=people.get(told.actor_gid) if told else None,
        actor_name=told.actor_name if told else "",
        happened_at=(told.happened_at if told else None) or seen.observed_at,
        recorded_at=now,
        known_by=KnownBy.STORY if told else KnownBy.SNAPSHOT,
        excuse=excuse,
        evidence=_evidence(difference, told),
    )


def _evidence(difference: Difference, told: Evidence | None) -> dict[str, Any]:
    found: dict[str, Any] = {"task": difference.task_gid, "stories": []}
    if told is not None:
        found["stories"] = list(told.stories)
        if told.rolled_over:
            found["finished_at"] = _finished_at(difference, told).isoformat()
    return found


def _finished_at(difference: Difference, told: Evidence) -> datetime:
    """When a task that repeats was done, before it was opened again for its next day."""
    known = difference.standing.completed_at
    return told.finished_at or known or difference.seen.observed_at


def _follow(standing: Standing, difference: Difference, told: Evidence | None) -> Standing:
    """The standing as Asana shows it now; a task that rolled over has kept this promise."""
    seen = difference.seen
    if told is not None and told.rolled_over:
        standing.state, standing.carrier = State.DONE, None
        standing.completed_at = _finished_at(difference, told)
        standing.completed_on = timezone.localdate(standing.completed_at)
        return standing
    standing.due_on, standing.due_at = seen.due_on, seen.due_at
    standing.completed_at, standing.completed_on = seen.completed_at, seen.completed_on
    standing.is_gone, standing.is_away = seen.is_gone, seen.is_away
    standing.parent_gid = seen.parent_gid
    if seen.completed_at is not None:
        standing.state = State.DONE
    else:
        standing.state = State.GONE if seen.is_gone else State.OPEN
    return standing


def _finding(event: PromiseEvent, now: datetime) -> Finding | None:
    if event.kind not in SCORES or event.excuse:
        return None
    is_told = event.known_by == KnownBy.STORY and event.kind in (Kind.MOVED, Kind.CLEARED)
    return Finding(
        promise=event.promise,
        kind=event.kind,
        event=event,
        score=SURE if is_told else SCORES[Kind(event.kind)],
        evidence=event.evidence,
        found_at=now,
    )


def _people(evidence: Iterable[Evidence]) -> dict[str, int]:
    """Members of staff by their number in Asana."""
    gids = {told.actor_gid for told in evidence if told.actor_gid}
    known = AsanaUser.objects.filter(gid__in=gids, staff__isnull=False)
    return dict(known.values_list("gid", "staff_id"))
