"""What became of the tasks that were due, and how long the finished ones took."""

from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    When,
)

from godview.periods import Period
from metrics.formulas.on_time import DueTasks
from metrics.queries.scopes import Scope
from tasks.models import Membership, Task
from tasks.models.task import ON_TIME


def due_tasks(scope: Scope, period: Period) -> DueTasks:
    """Tasks whose first due date lies in the period, also those open, moved or deleted since.

    Done late counts only when it was done before the period was over.
    """
    done = Q(completed_at__isnull=False)
    due = Task.objects.promised_between(period.start, period.end)
    counts = within(scope, due, "first_due_on").aggregate(
        due=Count("pk"),
        on_time=Count("pk", filter=ON_TIME & done),
        done=Count("pk", filter=(ON_TIME & done) | Q(completed_on__lt=period.end)),
    )
    return DueTasks(
        on_time=counts["on_time"],
        late=counts["done"] - counts["on_time"],
        never=counts["due"] - counts["done"],
    )


def durations(scope: Scope, period: Period) -> list[float]:
    """Days from start to finish of every task finished in the period."""
    finished = Task.objects.filter(completed_on__gte=period.start, completed_on__lt=period.end)
    rows = within(scope, finished, "completed_on").annotate(days=DAYS_TAKEN).order_by()
    return [max(0.0, days) for days in rows.values_list("days", flat=True) if days is not None]


def within(scope: Scope, tasks: QuerySet[Task], day: str) -> Any:
    """A person's tasks are those assigned to them; all others follow the clients they are for."""
    if scope.kind == "agency":
        return tasks
    if scope.kind == "manager":
        return tasks.filter(assignee__staff=scope.id)
    if scope.kind == "department":
        own_projects = Membership.objects.filter(task=OuterRef("pk"), project__department=scope.id)
        return tasks.filter(Q(assignee__staff__department=scope.id) | Exists(own_projects))
    mine = scope.clients_on(OuterRef(f"task__{day}"), "project__client")
    return tasks.filter(Exists(Membership.objects.filter(mine, task=OuterRef("pk"))))


class DaysBetween(Func):
    """Days from one moment to another, with their fractions, worked out by the database."""

    output_field = FloatField()
    arg_joiner = " - "
    template = "(EXTRACT(EPOCH FROM %(expressions)s) / 86400.0)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        later, earlier = self.get_source_expressions()
        days = Func(later, function="julianday") - Func(earlier, function="julianday")
        return compiler.compile(days)


class DatesBetween(DaysBetween):
    """Whole days from one date to another: PostgreSQL subtracts dates to a number."""

    template = "CAST(%(expressions)s AS double precision)"


# A start that is only a date makes whole days; without one, the task's creation is its start.
DAYS_TAKEN = Case(
    When(start_on__isnull=False, then=DatesBetween(F("completed_on"), F("start_on"))),
    default=DaysBetween(F("completed_at"), F("created_at")),
    output_field=FloatField(),
)
