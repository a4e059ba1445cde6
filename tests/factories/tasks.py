from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from tasks import models
from tests.factories.clients import ClientFactory, StaffFactory

A_MONDAY = date(2026, 11, 9)


class WeeklyGoalFactory(DjangoModelFactory):
    class Meta:
        model = models.WeeklyGoal

    client = factory.SubFactory(ClientFactory)
    manager = factory.SubFactory(StaffFactory)
    week_starts_on = A_MONDAY
    text = factory.Sequence(lambda n: f"Launch campaign {n}")
    committed_at = factory.LazyAttribute(
        lambda row: datetime.combine(row.week_starts_on, time(12), tzinfo=UTC)
    )


class TacticFactory(DjangoModelFactory):
    class Meta:
        model = models.Tactic

    client = factory.SubFactory(ClientFactory)
    manager = factory.SubFactory(StaffFactory)
    name = factory.Sequence(lambda n: f"Call-only ads {n}")
    metric = "Cost per lead"
    threshold = "−10 %"
    window_days = 30
    started_on = date(2026, 9, 1)

    class Params:
        judged = factory.Trait(
            outcome=models.Tactic.Outcome.WIN,
            ended_on=factory.LazyAttribute(lambda row: row.started_on + timedelta(days=30)),
        )


class ExperimentFactory(DjangoModelFactory):
    class Meta:
        model = models.Experiment

    client = factory.SubFactory(ClientFactory)
    designer = factory.SubFactory(StaffFactory, role="designer")
    name = factory.Sequence(lambda n: f"Two-step form {n}")
    baseline_rate = Decimal("0.04")
    smallest_lift = Decimal("0.01")
    planned_per_arm = 6745
    started_on = date(2026, 9, 1)


class ArmFactory(DjangoModelFactory):
    class Meta:
        model = models.ExperimentArm

    experiment = factory.SubFactory(ExperimentFactory)
    name = factory.Sequence(lambda n: f"Variant {n}")


class ArmReadingFactory(DjangoModelFactory):
    class Meta:
        model = models.ArmReading

    arm = factory.SubFactory(ArmFactory)
    read_on = date(2026, 9, 15)
    visitors = 5000
    conversions = 200


def experiment_of(
    *looks: tuple[int, tuple[int, int], tuple[int, int]], **more: Any
) -> models.Experiment:
    """A test of a control and “Shorter”; a look is days after the start, then both counts."""
    experiment = ExperimentFactory(**more)
    control = ArmFactory(experiment=experiment, name="As it is", is_control=True)
    variant = ArmFactory(experiment=experiment, name="Shorter")
    for days, *counts in looks:
        day = experiment.started_on + timedelta(days=days)
        for arm, (visitors, conversions) in zip((control, variant), counts, strict=True):
            ArmReadingFactory(arm=arm, read_on=day, visitors=visitors, conversions=conversions)
    return experiment
