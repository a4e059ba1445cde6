"""How long the finished tasks took."""

from datetime import date
from typing import Any

from django.db.models import Case, F, FloatField, Func, QuerySet, When

from godview.periods import Period
from metrics.queries.deadlines import within
from metrics.queries.scopes import Scope
from tasks.models import Task


def durations(scope: Scope, period: Period) -> list[float]:
    """Days from start to finish of every task finished in the period."""
    told = _finished(scope, period).values_list("days", flat=True)
    return [max(0.0, days) for days in told if days is not None]


def past_durations(scope: Scope, period: Period) -> list[tuple[date, float]]:
    """The day of completion and the days taken, of every task finished in the stretch."""
    told = _finished(scope, period).values_list("completed_on", "days")
    return [(day, max(0.0, days)) for day, days in told if days is not None]


def _finished(scope: Scope, period: Period) -> QuerySet[Any]:
    finished = Task.objects.filter(completed_on__gte=period.start, completed_on__lt=period.end)
    rows: QuerySet[Any] = within(scope, finished, "completed_on").annotate(days=DAYS_TAKEN)
    return rows.order_by()


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
