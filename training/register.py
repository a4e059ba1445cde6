"""The training register: everybody's standing with every module, on any day, in six queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from training.facts import Demand, Module, Pass, Person, Try, Version
from training.models import Attempt, Completion, ModuleVersion, Requirement, TrainingModule
from training.standing import Standing, Subject, standing_with

Pair = tuple[int, int]
F = TypeVar("F", Pass, Try)


@dataclass(frozen=True)
class Register:
    """The facts, read once; `on` then answers for any day without the database."""

    people: list[Person]
    subjects: list[Subject]
    passes: dict[Pair, list[Pass]] = field(default_factory=dict)
    tries: dict[Pair, list[Try]] = field(default_factory=dict)

    def on(self, day: date) -> Iterator[Standing]:
        """The standings of those who work here on `day` with what is taught on `day`."""
        taught = [(subject, subject.taught_on(day)) for subject in self.subjects]
        for person in self.people:
            if not person.is_working_on(day):
                continue
            for subject, version in taught:
                if version is not None:
                    pair = (person.id, subject.module.id)
                    passes, tries = self.passes.get(pair, ()), self.tries.get(pair, ())
                    yield standing_with(version, person, subject, passes, tries, day)

    def required_on(self, day: date) -> Iterator[Standing]:
        return (found for found in self.on(day) if found.is_required)


def training_register(
    staff: QuerySet[Any],
    modules: QuerySet[TrainingModule] | None = None,
    subjects: list[Subject] | None = None,
) -> Register:
    """Read the register of these members of staff (and of some modules only, where given).

    `subjects` are those of the same modules, where they have been read already.
    """
    if modules is None:
        modules = TrainingModule.objects.all()
    if subjects is None:
        subjects = read_subjects(modules)
    module_of = {version.id: version.module_id for x in subjects for version in x.versions}
    attempts = Attempt.objects.filter(staff__in=staff, version__module__in=modules).order_by("pk")
    completions = Completion.objects.filter(staff__in=staff, version__module__in=modules)
    return Register(
        people=[Person(*row) for row in staff.values_list(*Person._fields)],
        subjects=subjects,
        passes=_by_pair((Pass(*row) for row in completions.values_list(*Pass._fields)), module_of),
        tries=_by_pair((Try(*row) for row in attempts.values_list(*Try._fields)), module_of),
    )


def read_subjects(modules: QuerySet[TrainingModule]) -> list[Subject]:
    """What is taught and of whom it is required: three queries, the same for everybody."""
    return _subjects(modules, _versions(modules))


def _versions(modules: QuerySet[TrainingModule]) -> list[Version]:
    published = ModuleVersion.objects.filter(module__in=modules, published_on__isnull=False)
    return [Version(*row) for row in published.values_list(*Version._fields)]


def _subjects(modules: QuerySet[TrainingModule], versions: Iterable[Version]) -> list[Subject]:
    by_module: dict[int, list[Version]] = defaultdict(list)
    for version in versions:
        by_module[version.module_id].append(version)
    demands: dict[int, list[Demand]] = defaultdict(list)
    for row in Requirement.objects.filter(module__in=modules).values_list(*Demand._fields):
        demands[row[0]].append(Demand(*row))
    return [
        Subject(Module(*row), by_module[row[0]], demands[row[0]])
        for row in modules.values_list(*Module._fields)
        if row[0] in by_module
    ]


def _by_pair(facts: Iterable[F], module_of: dict[int, int]) -> dict[Pair, list[F]]:
    found: dict[Pair, list[F]] = defaultdict(list)
    for fact in facts:
        if fact.version_id in module_of:  # or it is newer than the subjects that were read before
            found[(fact.staff_id, module_of[fact.version_id])].append(fact)
    return dict(found)
