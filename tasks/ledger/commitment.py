"""Freezing what was promised: a task, once it has a due date in a client's project.

Set by set in the database: tens of thousands of promises are made as quickly as a few.
"""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When

from tasks.ledger.sets import insert_from, look_again, text
from tasks.models import (
    AsanaConnection,
    KnownBy,
    Membership,
    Promise,
    Standing,
    Task,
    WeeklyGoal,
)

State = Standing.State
MANY = 500
GOAL_STATES = {
    WeeklyGoal.Status.MET: State.DONE,
    WeeklyGoal.Status.MISSED: State.MISSED,
    WeeklyGoal.Status.DELETED: State.GONE,
}


def commit_tasks(asana: AsanaConnection) -> int:
    """Promise every task of a client's projects that has a due date and is not promised now.

    The first promise is the first due date that was ever seen. A task that repeats is promised
    anew, for its next day, when it has rolled over.
    """
    earlier = Promise.objects.filter(task=OuterRef("pk"))
    places = Membership.objects.filter(task=OuterRef("pk"), project__client__isnull=False)
    tasks = (
        Task.objects.filter(connection=asana, first_due_on__isnull=False)
        .filter(~Exists(Standing.objects.filter(carrier=OuterRef("pk"))))
        .annotate(
            client=Subquery(places.order_by("inherited", "pk").values("project__client")[:1]),
            is_new=~Exists(earlier),
        )
        .filter(Q(is_new=True) | Q(due_on__isnull=False, completed_at=None, deleted_at=None))
        .filter(Q(is_new=True) | ~Exists(earlier.filter(due_on=OuterRef("due_on"))))
        .filter(client__isnull=False)
    )
    made = insert_from(
        Promise,
        tasks,
        {
            "kind": text(Promise.Kind.TASK),
            "client_id": F("client"),
            "owner_id": F("assignee__staff_id"),
            "text": F("name"),
            "due_on": Case(When(is_new=True, then=F("first_due_on")), default=F("due_on")),
            "due_at": Case(When(is_new=True, then=F("first_due_at")), default=F("due_at")),
            "committed_at": F("observed_at"),
            "unplanned": Value(False, models.BooleanField()),
            "known_by": text(KnownBy.SNAPSHOT),
            "details": Value({}, models.JSONField()),
            "task_id": F("pk"),
        },
    )
    stand()
    if made >= MANY:
        look_again(Promise, Standing, Task, Membership)
    return made


def stand() -> int:
    """Give every promise that has none its standing: as promised, and done where it is done."""
    gone = Q(task__deleted_at__isnull=False)
    done = Q(task__completed_at__isnull=False)
    marked = [When(weekly_goal__status=a, then=text(b)) for a, b in GOAL_STATES.items()]
    return insert_from(
        Standing,
        Promise.objects.filter(standing=None),
        {
            "promise_id": F("pk"),
            "state": Case(
                When(done, then=text(State.DONE)),
                When(gone, then=text(State.GONE)),
                *marked,
                default=text(State.OPEN),
            ),
            "carrier_id": F("task_id"),
            "due_on": F("due_on"),
            "due_at": F("due_at"),
            "agreed_on": F("due_on"),
            "agreed_at": F("due_at"),
            "completed_at": F("task__completed_at"),
            "completed_on": F("task__completed_on"),
            "is_gone": Case(When(gone, then=Value(True)), default=Value(False)),
            "is_away": Value(False, models.BooleanField()),
            "parent_gid": Case(
                When(task__parent__isnull=False, then=F("task__parent__gid")), default=text("")
            ),
            "attempts": Value(0, models.IntegerField()),
            "postponements": Value(0, models.IntegerField()),
            "days_slipped": Value(0, models.IntegerField()),
            "asked_in_time": Value(False, models.BooleanField()),
            "for_the_client": Value(False, models.BooleanField()),
        },
    )
