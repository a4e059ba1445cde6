"""90-day goals in the ledger: promised when they are agreed, met or missed when they are over.

Compared with what is stored, as weekly goals are, so that an import ends in the ledger too.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from clients.models import Assignment, ClientGoal, GoalReading, Staff
from godview.access import covers
from godview.templatetags.display import way
from tasks.ledger.commitment import stand
from tasks.ledger.events import tell
from tasks.models import KnownBy, Promise, PromiseEvent, Standing

Kind, State = PromiseEvent.Kind, Standing.State
TOLD = {State.DONE: Kind.MET, State.MISSED: Kind.MISSED, State.OPEN: Kind.UNMARKED}
LAST_READING_WITHIN = timedelta(days=7)  # of the end; then a goal that is not reached is missed


def due_to_be_kept(now: datetime) -> "QuerySet[ClientGoal]":
    """Those that the ledger does not know yet, those that are over and not judged, and those that
    are over and were read since: an import may bring the last number later."""
    over = Q(ends_on__lte=timezone.localdate(now), promise__standing__state=State.OPEN)
    judged_at = PromiseEvent.objects.filter(
        promise__client_goal=OuterRef("pk"), kind__in=TOLD.values()
    ).order_by("-pk")
    read_at = GoalReading.history.filter(goal_id=OuterRef("pk")).order_by("-history_id")
    since = Q(ends_on__lte=timezone.localdate(now), read_at__gt=F("judged_at"))
    return ClientGoal.objects.annotate(
        judged_at=Coalesce(
            Subquery(judged_at.values("recorded_at")[:1]), F("promise__committed_at")
        ),
        read_at=Subquery(read_at.values("history_date")[:1]),
    ).filter(Q(promise=None) | over | since)


@transaction.atomic
def keep(goals: "QuerySet[ClientGoal]", now: datetime) -> int:
    """Bring the ledger up to these goals; how many of them were met, missed or opened again."""
    keys = list(goals.values_list("pk", flat=True))
    new = _commit(ClientGoal.objects.filter(pk__in=keys, promise=None), now)
    told = 0
    for standing in _standings(keys):
        goal = standing.promise.client_goal
        state, reading = judged(goal, now) if goal else (State.OPEN, None)
        if standing.state == state:
            continue
        was = standing.get_state_display()
        standing.state = state
        standing.completed_on = reading.read_on if reading and state == State.DONE else None
        standing.save()
        if standing.pk in new:  # it was over before we knew of it: the promise itself says how
            continue
        became = standing.get_state_display()
        by, name = _reader(standing.promise, reading)
        tell(
            standing.promise,
            TOLD[state],
            now=now,
            by=by,
            name=name,
            was=was,
            became=became,
            evidence=_reading(standing.promise, reading),
        )
        told += 1
    return told


def _lines(promise: Promise, reading: GoalReading | None) -> "QuerySet[Any]":
    """What was done to the number that decided, or took a later one away; the last first."""
    lines: QuerySet[Any] = GoalReading.history.filter(goal_id=promise.client_goal_id)
    lines = lines.order_by("-history_id")
    taken = Q(history_type="-")
    if reading is None:
        return lines.filter(taken)
    return lines.filter(Q(id=reading.pk) | taken & Q(read_on__gt=reading.read_on))


def _reader(promise: Promise, reading: GoalReading | None) -> tuple[Staff | None, str]:
    """Who wrote the number down that decided, changed it last, or took a later one away."""
    line = _lines(promise, reading).first()
    user = line.history_user if line else None
    return (Staff.objects.filter(user=user).first(), user.email) if user else (None, "")


def _reading(promise: Promise, reading: GoalReading | None) -> dict[str, str]:
    """The number that decided, and what stood there before it."""
    lines = list(_lines(promise, reading)[:2])
    if lines and lines[0].history_type != "-":
        del lines[0]  # it says what the reading says
    if reading is None and not lines:
        return {}
    told = [f"{row.value.normalize():f}" if row else "no number" for row in (reading, *lines[:1])]
    day = {"read_on": reading.read_on.isoformat()} if reading else {}
    return {**day, "text": " before that ".join(told)}


def judged(goal: ClientGoal, now: datetime) -> tuple[Standing.State, GoalReading | None]:
    """By its last number: open until it is over, and a week longer where that was not enough."""
    today = timezone.localdate(now)
    if today < goal.ends_on:
        return State.OPEN, None
    last = goal.readings.filter(read_on__lte=goal.ends_on).order_by("-read_on").first()
    if last is not None and goal.is_reached_by(last.value):
        return State.DONE, last
    return (State.OPEN if today < goal.ends_on + LAST_READING_WITHIN else State.MISSED), last


def terms(goal: ClientGoal) -> str:
    """What was agreed, in one line: €68 → €42 by 24 Dec 2026."""
    last = goal.last_day
    with translation.override(None):  # kept for good, so always in the language of the source
        return f"{way(goal.baseline, goal.target, goal.unit)} by {last.day} {last:%b %Y}"


def _commit(goals: "QuerySet[ClientGoal]", now: datetime) -> set[int]:
    manager = Assignment.objects.filter(covers(OuterRef("starts_on")), client=OuterRef("client"))
    rows = Promise.objects.bulk_create(
        Promise(
            kind=Promise.Kind.CLIENT_GOAL,
            client_id=goal.client_id,
            owner_id=goal.agreed_by_id or goal.manager,
            text=f"{goal.name}: {way(goal.baseline, goal.target, goal.unit)}",
            due_on=goal.last_day,
            committed_at=now,
            known_by=KnownBy.PERSON,
            details={
                "baseline": f"{goal.baseline.normalize():f}",
                "target": f"{goal.target.normalize():f}",
                "unit": goal.unit,
                "starts_on": goal.starts_on.isoformat(),
                "state": judged(goal, now)[0],
            },
            client_goal_id=goal.pk,
        )
        for goal in goals.annotate(
            manager=Subquery(manager.values("account_manager")[:1])
        ).order_by("pk")
    )
    if rows:
        stand()
    return {row.pk for row in rows}


def _standings(keys: list[int]) -> "QuerySet[Standing]":
    rows = Standing.objects.filter(promise__client_goal__in=keys).order_by("pk")
    return rows.select_related("promise__client_goal").select_for_update(of=("self",))
