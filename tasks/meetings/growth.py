"""The growth review: every client has its turn, worst first, and what is decided is promised.

A client counts as reviewed once its turn was shown and passed on, with a decision or without one.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.models import Client, Pod, Staff
from godview.periods import monday_of
from tasks import weekly_goals
from tasks.meetings.open import hold_open
from tasks.models import Decision, Meeting, MeetingTurn, WeeklyGoal
from tasks.versions import locked

LONGEST_LOOK = 2 * 60 * 60  # seconds: nobody talks longer about one client, a screen left on does
MAY_HAVE_NO_GOAL = frozenset({Decision.Choice.KEEP, Decision.Choice.PART})


@transaction.atomic
def begin(
    *, pod: Pod | None, by: Staff | None, worst_first: Iterable[tuple[int, str]], now: datetime
) -> Meeting:
    """Fix the order of the clients for the whole review; `worst_first` are their ids and paces."""
    order = list(worst_first)
    if by is None:
        raise ValidationError(_("Your account belongs to no member of staff: ask one to do it."))
    if not order:
        raise ValidationError(_("No client is served here today: there is nothing to review."))
    meeting = Meeting(
        kind=Meeting.Kind.GROWTH,
        pod=pod,
        held_on=timezone.localdate(now),
        started_by=by,
        started_at=now,
    )
    meeting.full_clean()
    meeting.save()
    MeetingTurn.objects.bulk_create(
        MeetingTurn(meeting=meeting, client_id=client, place=place, state=state)
        for place, (client, state) in enumerate(order, start=1)
    )
    return meeting


@transaction.atomic
def decide(
    *,
    turn: MeetingTurn,
    choice: str,
    text: str,
    owner: Staff | None,
    due_on: date | None,
    by: Staff | None,
    now: datetime,
    version: int | None = None,
) -> Decision:
    """Keep what is decided for a client; it may be changed until the client is passed on."""
    if by is None:
        raise ValidationError(_("Your account belongs to no member of staff: ask one to do it."))
    hold_open(turn.meeting)
    row = Decision.objects.filter(meeting=turn.meeting, client=turn.client).first()
    if row is None:
        row = Decision(meeting=turn.meeting, client=turn.client)
    else:
        # Version 0 is that of a page on which nothing was decided yet.
        row = locked(row, version)
        if row.weekly_goal_id is not None:
            raise ValidationError(
                _("This decision is a promised weekly goal by now, so it is fixed. Postpone it.")
            )
        row.version += 1
    row.choice, row.text = choice, " ".join(text.split())
    row.owner, row.due_on = owner, None if due_on is None else sunday_of(due_on)
    row.decided_by, row.decided_at = by, now
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def pass_on(*, turn: MeetingTurn, seconds: int, now: datetime) -> WeeklyGoal | None:
    """The client was looked at; what was decided for it is a promised weekly goal from now on."""
    hold_open(turn.meeting)
    looked = min(max(0, seconds), LONGEST_LOOK)
    rows = MeetingTurn.objects.filter(pk=turn.pk)
    rows.update(seconds=F("seconds") + looked)
    decision = Decision.objects.filter(meeting=turn.meeting_id, client=turn.client_id).first()
    goal = None if decision is None else _promised(decision, now)
    rows.filter(reviewed_at=None).update(reviewed_at=now)
    return goal


@transaction.atomic
def end(*, meeting: Meeting, now: datetime) -> Meeting:
    """It is over. Who was not reached stays on the list of the skipped."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.ended_at is None:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
    return row


def _promised(decision: Decision, now: datetime) -> WeeklyGoal | None:
    if decision.weekly_goal is not None:
        return decision.weekly_goal
    if not decision.text and decision.choice in MAY_HAVE_NO_GOAL:
        return None
    if not decision.text:
        raise ValidationError({"text": _("Say what will be done.")})
    goal = weekly_goals.add(
        client=decision.client,
        manager=decision.owner or _manager_of(decision.client, now),
        week_starts_on=monday_of(decision.due_on or timezone.localdate(now)),
        text=decision.text,
        now=now,
    )
    weekly_goals.commit(goal=goal, now=now)
    decision.weekly_goal = goal
    decision.due_on = goal.due_on
    decision.owner = goal.manager
    decision.version += 1
    decision.save()
    return goal


def _manager_of(client: Client, now: datetime) -> Staff:
    assignment = client.assignments.on(timezone.localdate(now)).first()
    if assignment is None or assignment.account_manager is None:
        raise ValidationError({"owner": _("Say who does it: the client has no account manager.")})
    return assignment.account_manager


def sunday_of(day: date) -> date:
    return monday_of(day) + timedelta(days=6)
