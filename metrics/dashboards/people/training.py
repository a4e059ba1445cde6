"""What a person must learn and has passed, for those who may see their training."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from clients.models import Staff
from metrics.dashboards.past import subjects_of
from metrics.queries.stamps import Stamps
from training.access import staff_trained_under
from training.curriculum import Curriculum, Line
from training.register import training_register


@dataclass(frozen=True, slots=True)
class Learning:
    to_do: Sequence[Line]
    passed: int
    required: int
    overdue: int
    url: str


def learning(person: Staff, user: Any, stamps: Stamps, day: date) -> Learning | None:
    """None where the training is not the reader's to see."""
    mine = staff_trained_under(user).filter(pk=person.pk)
    register = training_register(mine, subjects=subjects_of(stamps))
    if not register.people:
        return None
    modules = {subject.module.id: subject.module for subject in register.subjects}
    plan = Curriculum([Line(modules[found.module_id], found) for found in register.on(day)])
    return Learning(
        to_do=plan.to_do,
        passed=len(plan.passed),
        required=len(plan.required),
        overdue=len(plan.overdue),
        url=reverse("training:person", args=[person.slug]),
    )
