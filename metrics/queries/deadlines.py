"""What became of the work that was due.

Due are the promises made to clients, each once, by the day they were made for; and the agency's own
tasks, promised to no client, by the first due date they had. Whatever is moved, deleted or made
anew in Asana changes neither.
"""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from godview.hindsight import is_blind
from godview.periods import Period
from metrics.formulas.on_time import DueTasks
from metrics.formulas.ratio import Ratio
from metrics.queries.promises import of_scope
from metrics.queries.scopes import Scope
from tasks.models import Membership, Promise, Standing, Task
from tasks.models.promise import PromiseQuerySet
from tasks.models.task import ON_TIME

KEPT = Q(due_at__isnull=False, standing__completed_at__lte=F("due_at")) | Q(
    due_at__isnull=True, standing__completed_on__lte=F("due_on")
)
DONE_IN_TIME = ON_TIME & Q(completed_at__isnull=False)
LISTED_IN_TIME = Q(completed_at__isnull=False) & (
    Q(due_at__isnull=False, completed_at__lte=F("due_at"))
    | Q(due_at__isnull=True, completed_on__lte=F("due_on"))
)


def truth(condition: Q) -> Any:
    """A condition as a column: true or false, never unknown."""
    return Case(When(condition, then=Value(True)), default=Value(False))


class DueWork(NamedTuple):
    """(day it was due, day it was done, done in time, put off in the open, how many)"""

    rows: list[tuple[date, date | None, bool, bool, int]]

    def within(self, period: Period) -> DueTasks:
        """What was due in the period; late only if it was done before the period was over."""
        on_time = late = never = postponed = 0
        for due_on, done_on, is_on_time, is_postponed, count in self.rows:
            if due_on not in period:
                continue
            if is_on_time:
                on_time += count
            elif is_postponed:
                postponed += count
            elif done_on is not None and done_on < period.end:
                late += count
            else:
                never += count
        return DueTasks(on_time, late, never, postponed)

    def by_day(self) -> dict[date, Ratio]:
        """Done in time over due, for each day on which something was due."""
        found: dict[date, Ratio] = {}
        for due_on, _, is_on_time, _, count in self.rows:
            before = found.get(due_on, Ratio(0, 0))
            found[due_on] = Ratio(before.part + count * is_on_time, before.whole + count)
        return found


def due_work(scope: Scope, period: Period) -> DueWork:
    """Counted by the database, in one query."""
    promises = promised(scope, period).annotate(
        done_day=F("standing__completed_on"), in_time=truth(KEPT)
    )
    own = own_tasks(scope, period).annotate(in_time=truth(DONE_IN_TIME), put_off=Value(False))
    ours = promises.order_by().values_list(
        "due_on", "done_day", "in_time", "standing__asked_in_time"
    )
    others = own.order_by().values_list("first_due_on", "completed_on", "in_time", "put_off")
    rows = ours.annotate(n=Count("pk")).union(others.annotate(n=Count("pk")), all=True)
    return DueWork([(*row[:2], bool(row[2]), bool(row[3]), row[4]) for row in rows])


def promised(scope: Scope, period: Period) -> PromiseQuerySet:
    """Tasks promised to a client for a day in the period."""
    if is_blind():  # what Asana told before is not kept
        return Promise.objects.none()
    rows = Promise.objects.of_tasks().counted().due_between(period.start, period.end)
    return of_scope(scope, rows)


def own_tasks(scope: Scope, period: Period) -> QuerySet[Task]:
    """The agency's own tasks, by the first due date they had."""
    if is_blind():
        return Task.objects.none()
    to_a_client = Promise.objects.filter(task=OuterRef("pk"))
    carries_on = Standing.objects.filter(carrier=OuterRef("pk"))
    rows = Task.objects.promised_between(period.start, period.end)
    rows = rows.filter(~Exists(to_a_client), ~Exists(carries_on))
    own: QuerySet[Task] = within(scope, rows, "first_due_on")
    return own


class ListedWork(NamedTuple):
    """(due date as it is now, done by then, how many)"""

    rows: list[tuple[date, bool, int]]

    def within(self, period: Period) -> Ratio:
        found = [(in_time, count) for day, in_time, count in self.rows if day in period]
        return Ratio(
            sum(count for in_time, count in found if in_time), sum(count for _, count in found)
        )


def listed_work(scope: Scope, period: Period) -> ListedWork:
    """What Asana's own list shows as due: dates as they were moved to, without what is deleted."""
    rows = listed_tasks(scope, period).annotate(in_time=truth(LISTED_IN_TIME))
    told = rows.order_by().values_list("due_on", "in_time").annotate(n=Count("pk"))
    return ListedWork([(day, bool(in_time), count) for day, in_time, count in told])


def listed_tasks(scope: Scope, period: Period) -> Any:
    rows = Task.objects.in_asana().filter(due_on__gte=period.start, due_on__lt=period.end)
    return within(scope, rows, "due_on")


def within(scope: Scope, tasks: QuerySet[Task], day: str) -> Any:
    """A person's tasks are those assigned to them; all others follow the clients they are for."""
    if scope.kind == "agency":
        return tasks
    if scope.is_person:
        return tasks.filter(assignee__staff=scope.id)
    if scope.kind == "department":
        own_projects = Membership.objects.filter(task=OuterRef("pk"), project__department=scope.id)
        return tasks.filter(Q(assignee__staff__department=scope.id) | Exists(own_projects))
    mine = scope.clients_on(OuterRef(f"task__{day}"), "project__client")
    return tasks.filter(Exists(Membership.objects.filter(mine, task=OuterRef("pk"))))
