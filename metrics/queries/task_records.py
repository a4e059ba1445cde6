"""The tasks that a number was counted from, as far as a person may see them."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, FloatField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from clients.models import Client
from godview.periods import Period
from metrics.queries.deadlines import (
    DONE_IN_TIME,
    KEPT,
    LISTED_IN_TIME,
    listed_tasks,
    own_tasks,
    promised,
    truth,
    within,
)
from metrics.queries.durations import DAYS_TAKEN
from metrics.queries.scopes import Scope
from tasks.models import Standing, Task


class TaskRecord(NamedTuple):
    """A task, with the first of its clients that the reader may see.

    `promise` is its line in the ledger: the agency's own tasks have none, nor has a row that speaks
    of Asana and not of what was promised.
    """

    gid: str | None
    name: str
    assignee: str | None
    client: str
    client_slug: str
    due_on: date | None
    done_on: date | None
    is_deleted: bool
    is_on_time: bool
    days: float | None = None
    promise: int | None = None
    is_postponed: bool = False


def due_records(scope: Scope, period: Period, user: Any) -> list[TaskRecord]:
    """What was due in the period, promised to a client or not; what was not done in time first."""
    rows = promised(scope, period).visible_to(user)
    ours = rows.order_by().values_list(
        "standing__carrier__gid",
        "text",
        Coalesce("owner__name", "standing__carrier__assignee__name"),
        "client__name",
        "client__slug",
        "due_on",
        "standing__completed_on",
        truth(Q(standing__state=Standing.State.GONE)),
        truth(KEPT),
        Value(None, FloatField()),
        "pk",
        "standing__asked_in_time",
    )
    records = [TaskRecord(*row) for row in ours]
    records += _tasks(own_tasks(scope, period), user, "first_due_on", DONE_IN_TIME)
    return sorted(records, key=_late_first)


def listed_records(scope: Scope, period: Period, user: Any) -> list[TaskRecord]:
    """What Asana's own list shows as due in the period; what was not done in time first."""
    return sorted(
        _tasks(listed_tasks(scope, period), user, "due_on", LISTED_IN_TIME), key=_late_first
    )


def finished_records(scope: Scope, period: Period, user: Any) -> list[TaskRecord]:
    """Tasks finished in the period, the one that took longest first."""
    done = Task.objects.filter(completed_on__gte=period.start, completed_on__lt=period.end)
    rows = _tasks(within(scope, done, "completed_on"), user, "first_due_on", DONE_IN_TIME)
    known = [row._replace(days=max(0.0, row.days)) for row in rows if row.days is not None]
    return sorted(known, key=lambda row: (-(row.days or 0.0), row.gid or ""))


def _tasks(tasks: Any, user: Any, due: str, in_time: Q) -> list[TaskRecord]:
    mine = Client.objects.visible_to(user).filter(projects__memberships__task=OuterRef("pk"))
    first = mine.order_by("name")
    rows = tasks.visible_to(user).annotate(
        client_name=Subquery(first.values("name")[:1]),
        client_slug=Subquery(first.values("slug")[:1]),
        days=DAYS_TAKEN,
    )
    told = rows.order_by().values_list(
        "gid",
        "name",
        "assignee__name",
        "client_name",
        "client_slug",
        F(due),
        "completed_on",
        truth(Q(deleted_at__isnull=False)),
        truth(in_time),
        "days",
    )
    return [TaskRecord(*row) for row in told]


def _late_first(row: TaskRecord) -> tuple[bool, date, str]:
    return row.is_on_time, row.due_on or date.max, row.gid or ""
