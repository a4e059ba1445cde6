"""What became of the promises that were due, from their standing in the ledger."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Sum, When
from django.db.models.functions import Coalesce

from clients.models import Staff
from godview.periods import Period
from metrics.formulas.promises import PromiseRecord
from metrics.queries.scopes import Scope
from tasks.models import Membership, Postponement, Promise
from tasks.models.promise import PromiseQuerySet

# Whose department it is: of the one who promised, else of the one who has it now.
WHOSE_TEAM = Case(
    When(owner__isnull=False, then=F("owner__department_id")),
    default=F("standing__carrier__assignee__staff__department_id"),
)
# Who it is kept by: the one who promised; where nobody had it then, the one who has it now.
WHOSE = Coalesce("owner_id", "standing__carrier__assignee__staff_id")

COUNTS = {
    "committed": Count("pk"),
    "postponed": Count("pk", filter=Q(standing__postponements__gt=0)),
    "days": Sum("standing__days_slipped", filter=Q(standing__postponements__gt=0)),
    "attempted": Count("pk", filter=Q(standing__attempts__gt=0)),
}


class PastPromises(NamedTuple):
    """(day they were promised for, what became of them)"""

    rows: list[tuple[date, PromiseRecord]]

    def within(self, period: Period) -> PromiseRecord:
        """Those promised for a day in the period."""
        found = PromiseRecord()
        for day, record in self.rows:
            if day in period:
                found += record
        return found


def past_promises(scope: Scope, period: Period) -> PastPromises:
    rows = due_promises(scope, period).order_by().values_list("due_on").annotate(**COUNTS)
    return PastPromises([(row[0], _record(*row[1:])) for row in rows])


def promise_record(scope: Scope, period: Period) -> PromiseRecord:
    return _record(**due_promises(scope, period).aggregate(**COUNTS))


def due_promises(scope: Scope, period: Period) -> PromiseQuerySet:
    """Each promise once, by the day it was made for; a person's are their own."""
    rows = Promise.objects.counted().due_between(period.start, period.end).filter(unplanned=False)
    return of_scope(scope, rows)


def of_scope(scope: Scope, rows: PromiseQuerySet) -> PromiseQuerySet:
    """A person's are their own, those of nobody who works on them now; a department's those of
    its people and of its projects; all others follow the clients they were made to."""
    if scope.is_agency:
        return rows
    if scope.is_person:
        return rows.annotate(whose=WHOSE).filter(whose=scope.id)
    if scope.kind == "department":
        own_projects = Membership.objects.filter(
            task=OuterRef("task"), project__department=scope.id
        )
        people = Staff.objects.filter(department=scope.id)
        return rows.annotate(whose=WHOSE).filter(Q(whose__in=people) | Exists(own_projects))
    return rows.filter(scope.clients_on(OuterRef("due_on")))


def _record(committed: int, postponed: int, days: int | None, attempted: int) -> PromiseRecord:
    return PromiseRecord(committed, postponed, days or 0, attempted)


def postponed_for(scope: Scope, period: Period) -> dict[str, int]:
    """By reason: how many of the promises due in the period were put off for it."""
    given = Postponement.objects.approved().filter(promise__in=due_promises(scope, period))
    rows = given.order_by().values_list("reason").annotate(n=Count("promise", distinct=True))
    return dict(rows)


def postponed_again(scope: Scope, period: Period) -> int:
    """How many of them were put off more than once."""
    return due_promises(scope, period).filter(standing__postponements__gt=1).count()


class PromiseLine(NamedTuple):
    """A promise, as the reader may see it."""

    pk: int
    client: str
    client_slug: str
    text: str
    owner: str | None
    due_on: date
    agreed_on: date
    postponements: int
    days_slipped: int
    attempts: int
    state: str


def promise_lines(scope: Scope, period: Period, user: Any) -> list[PromiseLine]:
    """The promises due in the period, the newest first."""
    rows = due_promises(scope, period).visible_to(user)
    return [
        PromiseLine(*row)
        for row in rows.order_by("-due_on", "client__name", "pk").values_list(
            "pk",
            "client__name",
            "client__slug",
            "text",
            "owner__name",
            "due_on",
            "standing__agreed_on",
            "standing__postponements",
            "standing__days_slipped",
            "standing__attempts",
            "standing__state",
        )
    ]
