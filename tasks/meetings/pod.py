"""The weekly meeting of a pod: begun, its clients ticked off, what is decided promised at once."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.models import Client, Pod, Staff
from tasks.meetings import growth
from tasks.meetings.open import hold_open
from tasks.meetings.topics import last_tick
from tasks.models import Meeting, MeetingTurn, WeeklyGoal
from tasks.models.meeting import MeetingQuerySet


@transaction.atomic
def begin(
    *, pod: Pod, by: Staff | None, worst_first: Iterable[tuple[int, str]], now: datetime
) -> Meeting:
    """The clients to talk about are fixed now; others may be taken up. It may be none."""
    if by is None:
        raise ValidationError(_("Your account belongs to no member of staff: ask one to do it."))
    for left_open in _of(pod).running().before(timezone.localdate(now)):
        left_open.ended_at = _last_heard_of(left_open)
        left_open.save(update_fields=["ended_at"])
    meeting = Meeting(
        kind=Meeting.Kind.POD,
        pod=pod,
        held_on=timezone.localdate(now),
        started_by=by,
        started_at=now,
    )
    meeting.full_clean()
    meeting.save()
    MeetingTurn.objects.bulk_create(
        MeetingTurn(meeting=meeting, client_id=client, place=place, state=state)
        for place, (client, state) in enumerate(worst_first, start=1)
    )
    return meeting


@transaction.atomic
def take_up(*, meeting: Meeting, client: Client, state: str) -> MeetingTurn:
    """Talk about one more client, after the others."""
    row = hold_open(meeting)
    last = row.turns.aggregate(last=Max("place"))["last"] or 0
    turn, _created = MeetingTurn.objects.get_or_create(
        meeting=row, client=client, defaults={"place": last + 1, "state": state}
    )
    return turn


@transaction.atomic
def tick(*, turn: MeetingTurn, done: bool, now: datetime) -> None:
    """A client was talked about; or its tick is taken back."""
    hold_open(turn.meeting)
    MeetingTurn.objects.filter(pk=turn.pk, reviewed_at__isnull=done).update(
        reviewed_at=now if done else None
    )


@transaction.atomic
def decide(
    *, turn: MeetingTurn, by: Staff | None, now: datetime, **told: object
) -> WeeklyGoal | None:
    """What is decided for a client is a promised weekly goal at once, and ticks the client off."""
    growth.decide(turn=turn, by=by, now=now, **told)  # type: ignore[arg-type]
    return growth.pass_on(turn=turn, seconds=0, now=now)


@transaction.atomic
def go_on(*, meeting: Meeting, now: datetime) -> None:
    """It was ended too soon: on the same day it may be gone on with."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.held_on != timezone.localdate(now):
        raise ValidationError(_("That meeting was on another day: begin a new one."))
    row.ended_at = None
    row.save(update_fields=["ended_at"])


def _of(pod: Pod) -> MeetingQuerySet:
    return Meeting.objects.filter(kind=Meeting.Kind.POD, pod=pod)


def _last_heard_of(meeting: Meeting) -> datetime:
    """When something was last done in a meeting that nobody ended."""
    seen = meeting.turns.aggregate(last=Max("reviewed_at"))["last"]
    decided = meeting.decisions.aggregate(last=Max("decided_at"))["last"]
    moments = (meeting.started_at, seen, decided, last_tick(meeting))
    return max(moment for moment in moments if moment is not None)
