"""People and modules on one page: who has passed what, and what is overdue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from clients.models import Staff
from training.curriculum import Line
from training.facts import Module
from training.register import training_register
from training.standing import Standing


@dataclass(frozen=True)
class Tally:
    """How many of the due modules are passed, and the mean of the scores so far."""

    standings: Sequence[Standing]

    @cached_property
    def due(self) -> int:
        return sum(standing.is_due for standing in self.standings)

    @cached_property
    def passed(self) -> int:
        return sum(standing.is_due and standing.is_passed for standing in self.standings)

    @cached_property
    def overdue(self) -> int:
        return sum(standing.is_overdue for standing in self.standings)

    @property
    def share(self) -> Decimal | None:
        """Unknown, and not 100 %, when nothing is due."""
        return Decimal(self.passed) / self.due if self.due else None

    @property
    def mean_score(self) -> Decimal | None:
        """Of what is due and was attempted; unknown before the first attempt."""
        scores = [s.score for s in self.standings if s.is_due and s.score is not None]
        return sum(scores, Decimal(0)) / len(scores) if scores else None


@dataclass(frozen=True)
class Row:
    staff: Staff
    cells: Sequence[Line | None]

    @cached_property
    def tally(self) -> Tally:
        return tally_of(self.cells)


@dataclass(frozen=True)
class Matrix:
    day: date
    modules: Sequence[Module]
    rows: Sequence[Row]

    @cached_property
    def tally(self) -> Tally:
        return tally_of(cell for row in self.rows for cell in row.cells)

    @cached_property
    def columns(self) -> list[tuple[Module, Tally]]:
        return [
            (module, tally_of(row.cells[place] for row in self.rows))
            for place, module in enumerate(self.modules)
        ]


def tally_of(cells: Iterable[Line | None]) -> Tally:
    return Tally([cell.standing for cell in cells if cell is not None])


def training_matrix(staff: QuerySet[Staff], day: date) -> Matrix:
    """The matrix of these people with the modules that are taught on `day`."""
    working = staff.filter(pk__in=Staff.objects.working_on(day).values("pk"))
    register = training_register(working)
    modules = [s.module for s in register.subjects if s.taught_on(day) is not None]
    by_id = {module.id: module for module in modules}
    lines = {
        (found.staff_id, found.module_id): Line(by_id[found.module_id], found)
        for found in register.on(day)
    }
    people = working.select_related("department").order_by("name", "pk")
    return Matrix(
        day=day,
        modules=modules,
        rows=[
            Row(person, [lines.get((person.pk, module.id)) for module in modules])
            for person in people
        ],
    )
