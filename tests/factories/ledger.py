"""Promises with their standing, what happened to them, and what waits for a decision."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from clients.models import Client
from tasks import models
from tests.factories.asana import TaskFactory
from tests.factories.clients import ClientFactory, StaffFactory
from tests.factories.tasks import WeeklyGoalFactory

PROMISED_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
DUE_ON = date(2026, 11, 20)


class StandingFactory(DjangoModelFactory):
    class Meta:
        model = models.Standing

    carrier = factory.SelfAttribute("promise.task")
    due_on = factory.SelfAttribute("promise.due_on")
    agreed_on = factory.SelfAttribute("promise.due_on")


class PromiseFactory(DjangoModelFactory):
    """A task that was promised; `standing__state="done"` says how it stands."""

    class Meta:
        model = models.Promise
        skip_postgeneration_save = True

    kind = models.Promise.Kind.TASK
    client = factory.SubFactory(ClientFactory)
    owner = factory.SubFactory(StaffFactory)
    text = factory.Sequence(lambda n: f"Landing page {n}")
    due_on = DUE_ON
    committed_at = PROMISED_AT
    known_by = models.KnownBy.SNAPSHOT
    task = factory.SubFactory(
        TaskFactory, name=factory.SelfAttribute("..text"), due_on=factory.SelfAttribute("..due_on")
    )
    standing = factory.RelatedFactory(StandingFactory, factory_related_name="promise")

    class Params:
        weekly = factory.Trait(
            kind=models.Promise.Kind.WEEKLY_GOAL,
            task=None,
            known_by=models.KnownBy.PERSON,
            weekly_goal=factory.SubFactory(
                WeeklyGoalFactory,
                client=factory.SelfAttribute("..client"),
                manager=factory.SelfAttribute("..owner"),
                text=factory.SelfAttribute("..text"),
            ),
        )


class PromiseEventFactory(DjangoModelFactory):
    """Somebody moved the date in Asana, a week on."""

    class Meta:
        model = models.PromiseEvent

    promise = factory.SubFactory(PromiseFactory)
    kind = models.PromiseEvent.Kind.MOVED
    was = factory.LazyAttribute(lambda row: row.promise.due_on.isoformat())
    now = factory.LazyAttribute(lambda row: (row.promise.due_on + timedelta(days=7)).isoformat())
    actor_name = "Someone in Asana"
    happened_at = PROMISED_AT + timedelta(days=7)
    recorded_at = factory.SelfAttribute("happened_at")
    known_by = models.KnownBy.STORY
    evidence = factory.LazyAttribute(
        lambda row: {"task": row.promise.task.gid if row.promise.task else ""}
    )


class FindingFactory(DjangoModelFactory):
    class Meta:
        model = models.Finding

    promise = factory.SubFactory(PromiseFactory)
    kind = models.PromiseEvent.Kind.MOVED
    event = factory.SubFactory(
        PromiseEventFactory,
        promise=factory.SelfAttribute("..promise"),
        kind=factory.SelfAttribute("..kind"),
    )
    score = 1.0
    found_at = PROMISED_AT + timedelta(days=7)


class PostponementFactory(DjangoModelFactory):
    class Meta:
        model = models.Postponement

    promise = factory.SubFactory(PromiseFactory)
    due_on = factory.LazyAttribute(lambda row: row.promise.due_on + timedelta(days=7))
    reason = models.Postponement.Reason.ESTIMATE
    text = "The form has three more pages than we were told."
    asked_by = factory.SelfAttribute("promise.owner")
    asked_at = PROMISED_AT + timedelta(days=8)


class HelpRequestFactory(DjangoModelFactory):
    class Meta:
        model = models.HelpRequest

    weekly_goal = factory.SubFactory(WeeklyGoalFactory)
    client = factory.SelfAttribute("weekly_goal.client")
    text = "Who knows booking forms?"
    asked_by = factory.SelfAttribute("weekly_goal.manager")
    asked_at = PROMISED_AT


class RiskFactory(DjangoModelFactory):
    class Meta:
        model = models.Risk

    client = factory.SubFactory(ClientFactory)
    text = "Their head of marketing leaves in March."
    told_by = factory.SubFactory(StaffFactory)
    told_at = PROMISED_AT


def moved(client: Client, owner: Any, **more: Any) -> models.Finding:
    """A promise whose date was moved in Asana without an agreement, to be looked at."""
    promise: Any = PromiseFactory(client=client, owner=owner, standing__attempts=1, **more)
    later = promise.due_on + timedelta(days=7)
    models.Standing.objects.filter(promise=promise).update(due_on=later)
    finding: models.Finding = FindingFactory(promise=promise)
    return finding
