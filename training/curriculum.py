"""What one person has to learn, sorted by what comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from clients.models import Staff
from training.facts import Module
from training.models import TrainingModule
from training.register import training_register
from training.standing import Standing
from training.words import dates_of, mark_of, score_of, word_of


@dataclass(frozen=True)
class Line:
    """A module as one person stands with it, in words."""

    module: Module
    standing: Standing

    @property
    def mark(self) -> str:
        return mark_of(self.standing)

    @property
    def word(self) -> str:
        return word_of(self.standing)

    @property
    def dates(self) -> str:
        return dates_of(self.standing)

    @property
    def score(self) -> str:
        return score_of(self.standing)


@dataclass(frozen=True)
class Curriculum:
    lines: Sequence[Line]

    @cached_property
    def to_do(self) -> list[Line]:
        """Required and not passed, the most urgent first."""
        waiting = (x for x in self.required if not x.standing.is_passed)
        return sorted(waiting, key=lambda x: (x.standing.due_on or date.max, x.module.title))

    @cached_property
    def passed(self) -> list[Line]:
        """Required and passed, the next to expire first."""
        done = (x for x in self.required if x.standing.is_passed)
        return sorted(done, key=lambda x: (x.standing.expires_on or date.max, x.module.title))

    @cached_property
    def others(self) -> list[Line]:
        """Not required: whoever likes may learn them."""
        return [line for line in self.lines if not line.standing.is_required]

    @cached_property
    def required(self) -> list[Line]:
        return [line for line in self.lines if line.standing.is_required]

    @cached_property
    def overdue(self) -> list[Line]:
        return [line for line in self.to_do if line.standing.is_overdue]


def curriculum(staff: Staff, day: date) -> Curriculum:
    register = training_register(Staff.objects.filter(pk=staff.pk))
    modules = {subject.module.id: subject.module for subject in register.subjects}
    return Curriculum([Line(modules[found.module_id], found) for found in register.on(day)])


def line_of(staff: Any | None, module: TrainingModule, day: date) -> Line | None:
    """How one person stands with one module; None when there is no standing."""
    if staff is None:
        return None
    register = training_register(
        Staff.objects.filter(pk=staff.pk), TrainingModule.objects.filter(pk=module.pk)
    )
    for standing in register.on(day):
        return Line(register.subjects[0].module, standing)
    return None
