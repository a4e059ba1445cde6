from datetime import UTC, date, datetime, time, timedelta

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
