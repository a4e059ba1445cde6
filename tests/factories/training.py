from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from tests.factories.clients import LONG_AGO, StaffFactory
from training import models


class TrainingModuleFactory(DjangoModelFactory):
    class Meta:
        model = models.TrainingModule

    title = factory.Sequence(lambda n: f"Module {n:03}")
    slug = factory.Sequence(lambda n: f"module-{n:03}")


class ModuleVersionFactory(DjangoModelFactory):
    """A published version with `questions` questions: the first choice of each is the right one."""

    class Meta:
        model = models.ModuleVersion
        skip_postgeneration_save = True

    module = factory.SubFactory(TrainingModuleFactory)
    number = 1
    published_on = LONG_AGO
    pass_mark = 80

    @factory.post_generation
    def questions(self, create: bool, count: int | None, **kwargs: Any) -> None:
        for position in range(1, (0 if count is None else count) + 1):
            question = QuestionFactory(version=self, position=position)
            ChoiceFactory(question=question, text="Right", is_right=True, position=1)
            ChoiceFactory(question=question, text="Wrong", position=2)


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = models.Question

    version = factory.SubFactory(ModuleVersionFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.LazyAttribute(lambda row: f"Question {row.position}?")


class ChoiceFactory(DjangoModelFactory):
    class Meta:
        model = models.Choice

    question = factory.SubFactory(QuestionFactory)
    text = factory.Sequence(lambda n: f"Choice {n}")


class RequirementFactory(DjangoModelFactory):
    """Required of everybody, and due at once."""

    class Meta:
        model = models.Requirement

    module = factory.SubFactory(TrainingModuleFactory)
    due_within_days = 0
    starts_on = LONG_AGO


class AttemptFactory(DjangoModelFactory):
    class Meta:
        model = models.Attempt

    staff = factory.SubFactory(StaffFactory)
    version = factory.SubFactory(ModuleVersionFactory)
    started_at = datetime(2026, 3, 2, 9, tzinfo=UTC)


class CompletionFactory(DjangoModelFactory):
    class Meta:
        model = models.Completion

    staff = factory.SubFactory(StaffFactory)
    version = factory.SubFactory(ModuleVersionFactory)
    completed_on = date(2026, 3, 2)
    evidence = "A certificate"


def attempted(staff: Any, version: models.ModuleVersion, score: int, on: date) -> models.Attempt:
    """A submitted attempt with that score on that day, and the completion if it was enough."""
    moment = datetime.combine(on, time(10), tzinfo=UTC)
    attempt = AttemptFactory(
        staff=staff, version=version, started_at=moment, submitted_at=moment, score=Decimal(score)
    )
    if score >= version.pass_mark:
        CompletionFactory(
            staff=staff,
            version=version,
            completed_on=on,
            expires_on=version.expires_on(on),
            attempt=attempt,
            evidence="",
        )
    return attempt
