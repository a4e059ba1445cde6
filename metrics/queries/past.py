"""Dated counts over a long stretch, one query each, from which the numbers of many days follow."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, OuterRef

from clients.models import GrossMargin, PodMembership, Staff
from godview.periods import Period
from metrics.formulas.retention import Spell
from metrics.formulas.tactics import TacticRecord
from metrics.queries.scopes import Scope
from metrics.queries.tactics import Outcome, record_of
from tasks.models import Tactic
from training.register import Register, training_register
from training.standing import Standing, Subject


class PastTactics(NamedTuple):
    """(day of the verdict, verdict, how many)"""

    rows: list[tuple[date, str, int]]

    def within(self, period: Period) -> TacticRecord:
        """Tactics that ended after the period's start, up to and on its end."""
        counts: dict[str, int] = {}
        for ended_on, outcome, count in self.rows:
            if period.start < ended_on <= period.end:
                counts[outcome] = counts.get(outcome, 0) + count
        return record_of(counts)


def past_tactics(scope: Scope, period: Period) -> PastTactics:
    closed = Tactic.objects.filter(ended_on__gt=period.start, ended_on__lte=period.end)
    closed = closed.exclude(outcome=Outcome.RUNNING)
    if scope.kind == "manager":
        closed = closed.filter(manager=scope.id)
    elif not scope.is_agency:
        closed = closed.filter(scope.clients_on(OuterRef("ended_on")))
    rows = closed.order_by().values_list("ended_on", "outcome").annotate(count=Count("pk"))
    return PastTactics(list(rows))


def past_margins() -> list[tuple[date, Decimal]]:
    """Every gross margin of the agency, the newest first."""
    return list(GrossMargin.objects.order_by("-starts_on").values_list("starts_on", "share"))


class PastTraining(NamedTuple):
    """The register of all who were ever in a scope, and when they were in it; None: always."""

    register: Register
    members: dict[int, list[Spell]] | None

    def due_on(self, day: date) -> list[Standing]:
        return [
            found
            for found in self.register.required_on(day)
            if found.is_due and self._was_in(found.staff_id, day)
        ]

    def _was_in(self, staff: int, day: date) -> bool:
        spells = None if self.members is None else self.members.get(staff, ())
        return spells is None or any(spell.covers(day) for spell in spells)


def past_training(scope: Scope, subjects: list[Subject]) -> PastTraining:
    staff = Staff.objects.all()
    if scope.kind == "pod":
        members: dict[int, list[Spell]] = {}
        rows = PodMembership.objects.filter(pod=scope.id).order_by()
        for one, start, end in rows.values_list("staff_id", "started_on", "ended_on"):
            members.setdefault(one, []).append(Spell(start or date.min, end))
        mine = staff.filter(pk__in=list(members))
        return PastTraining(training_register(mine, subjects=subjects), members)
    if scope.kind == "department":
        staff = staff.filter(department=scope.id)
    elif scope.is_person:
        staff = staff.filter(pk=scope.id or 0)
    elif not scope.is_agency:
        staff = staff.none()
    return PastTraining(training_register(staff, subjects=subjects), None)


def stretch(periods: Sequence[Period]) -> Period:
    """From the first day of any of the periods to the last end."""
    return Period(min(p.start for p in periods), max(p.end for p in periods))
