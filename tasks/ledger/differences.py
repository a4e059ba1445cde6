"""Where Asana no longer shows what the ledger last knew of a promise.

Compared in the database, so that only what differs is ever loaded, however much was promised.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tasks.models import AsanaConnection, Membership, PromiseEvent, Standing

Kind = PromiseEvent.Kind


@dataclass(frozen=True, slots=True)
class Seen:
    """What Asana shows of the task that carries a promise."""

    due_on: date | None
    due_at: datetime | None
    completed_at: datetime | None
    completed_on: date | None
    is_gone: bool
    is_away: bool
    parent_gid: str
    observed_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that became different: in words of the ledger."""

    kind: PromiseEvent.Kind
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A promise whose task is no longer as the ledger last knew it."""

    standing: Standing
    task_gid: str
    seen: Seen
    changes: tuple[Change, ...]


def find(asana: AsanaConnection) -> list[Difference]:
    """Every promise of a task that differs from what Asana shows now, the oldest first."""
    rows = _differing(asana).select_related("promise", "carrier__parent").order_by("pk")
    return [_difference(row) for row in rows]


def _differing(asana: AsanaConnection) -> "QuerySet[Any]":
    place = Membership.objects.filter(
        task=OuterRef("carrier"), project__client=OuterRef("promise__client")
    )
    rows = Standing.objects.filter(carrier__connection=asana).annotate(is_there=Exists(place))
    is_here = Q(carrier__deleted_at=None)
    return rows.filter(
        _differs("due_on", "carrier__due_on")
        | _differs("due_at", "carrier__due_at")
        | _differs("completed_at", "carrier__completed_at")
        | Q(is_gone=True) & is_here
        | Q(is_gone=False) & ~is_here
        | is_here & (Q(is_there=True, is_away=True) | Q(is_there=False, is_away=False))
        | Q(carrier__parent=None) & ~Q(parent_gid="")
        | Q(carrier__parent__isnull=False) & ~Q(parent_gid=F("carrier__parent__gid"))
    )


def _differs(known: str, shown: str) -> Q:
    """Unequal, where an empty one differs from every other."""
    return (
        Q(**{f"{known}__isnull": True, f"{shown}__isnull": False})
        | Q(**{f"{known}__isnull": False, f"{shown}__isnull": True})
        | Q(**{f"{known}__isnull": False, f"{shown}__isnull": False}) & ~Q(**{known: F(shown)})
    )


def _difference(row: Any) -> Difference:
    task = row.carrier
    is_gone = task.deleted_at is not None
    seen = Seen(
        due_on=task.due_on,
        due_at=task.due_at,
        completed_at=task.completed_at,
        completed_on=task.completed_on,
        is_gone=is_gone,
        is_away=row.is_away if is_gone else not row.is_there,
        parent_gid=task.parent.gid if task.parent else "",
        observed_at=task.deleted_at or task.observed_at,
    )
    return Difference(row, task.gid, seen, tuple(changes_of(row, seen)))


def changes_of(known: Standing, seen: Seen) -> Iterator[Change]:
    """What became different, in the order in which it is told."""
    if seen.is_gone != known.is_gone:
        yield Change(Kind.DELETED if seen.is_gone else Kind.RESTORED, "", "")
    if seen.is_away != known.is_away and not seen.is_gone:
        yield Change(Kind.REMOVED if seen.is_away else Kind.RETURNED, "", "")
    was, now = spelled(known.due_on, known.due_at), spelled(seen.due_on, seen.due_at)
    if was != now:
        yield Change(Kind.MOVED if now else Kind.CLEARED, was, now)
    if seen.parent_gid and not known.parent_gid:
        yield Change(Kind.SUBTASK, "", seen.parent_gid)
    if known.completed_at is not None and seen.completed_at is None:
        yield Change(Kind.REOPENED, known.completed_at.isoformat(), "")


def spelled(due_on: date | None, due_at: datetime | None) -> str:
    """A due date as one text: with its hour where it has one, else the day; empty for none."""
    if due_at is not None:
        return due_at.astimezone(UTC).isoformat(timespec="seconds")
    return due_on.isoformat() if due_on else ""
