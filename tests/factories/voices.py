"""What clients say about us, what managers say about them, and what they cost and pay."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from clients import models
from tests.factories.clients import LONG_AGO, ClientFactory, ContactFactory
from tests.factories.tasks import A_MONDAY

ASKED = date(2026, 10, 5)
ANSWERED = date(2026, 10, 7)


class SurveyWaveFactory(DjangoModelFactory):
    class Meta:
        model = models.SurveyWave

    kind = models.SurveyWave.Kind.NPS
    name = factory.Sequence(lambda n: f"Round {n}")
    opened_on = ASKED


class CsiQuestionFactory(DjangoModelFactory):
    class Meta:
        model = models.CsiQuestion

    wave = factory.SubFactory(SurveyWaveFactory, kind=models.SurveyWave.Kind.CSI)
    aspect = factory.Sequence(lambda n: f"Aspect {n}")
    weight = 1
    highest = 5


class SurveyRequestFactory(DjangoModelFactory):
    class Meta:
        model = models.SurveyRequest

    wave = factory.SubFactory(SurveyWaveFactory)
    contact = factory.SubFactory(ContactFactory)
    sent_on = ASKED


class NpsAnswerFactory(DjangoModelFactory):
    class Meta:
        model = models.NpsAnswer

    request = factory.SubFactory(SurveyRequestFactory)
    answered_on = ANSWERED
    score = 9


class CsiAnswerFactory(DjangoModelFactory):
    class Meta:
        model = models.CsiAnswer

    question = factory.SubFactory(CsiQuestionFactory)
    request = factory.SubFactory(
        SurveyRequestFactory, wave=factory.SelfAttribute("..question.wave")
    )
    answered_on = ANSWERED
    score = 4


class TrafficLightFactory(DjangoModelFactory):
    class Meta:
        model = models.TrafficLight

    client = factory.SubFactory(ClientFactory)
    week_starts_on = A_MONDAY
    color = models.TrafficLight.Color.GREEN
    marked_at = datetime(2026, 11, 20, 15, tzinfo=UTC)


class CapacityFactory(DjangoModelFactory):
    class Meta:
        model = models.Capacity

    client = factory.SubFactory(ClientFactory)
    starts_on = LONG_AGO
    amount = Decimal(20000)
    currency = "EUR"


class CostFactory(DjangoModelFactory):
    class Meta:
        model = models.Cost

    client = factory.SubFactory(ClientFactory)
    spent_on = date(2026, 10, 1)
    kind = models.Cost.Kind.GIFT
    amount = Decimal(100)
    currency = "EUR"


class InvoiceFactory(DjangoModelFactory):
    class Meta:
        model = models.Invoice

    client = factory.SubFactory(ClientFactory)
    number = factory.Sequence(lambda n: f"2026-{n}")
    issued_on = date(2026, 10, 1)
    due_on = date(2026, 10, 15)
    amount = Decimal(3000)
    currency = "EUR"


class ServiceFactory(DjangoModelFactory):
    class Meta:
        model = models.Service

    name = factory.Sequence(lambda n: f"Service {n}")


class RefusalFactory(DjangoModelFactory):
    class Meta:
        model = models.Refusal

    client = factory.SubFactory(ClientFactory)
    refused_on = date(2026, 9, 1)


class SegmentRuleFactory(DjangoModelFactory):
    class Meta:
        model = models.SegmentRule

    code = factory.Sequence(lambda n: f"{n // 25 % 5 + 1}{n // 5 % 5 + 1}{n % 5 + 1}")
    rule = "A call every week"


class ProcessChangeFactory(DjangoModelFactory):
    class Meta:
        model = models.ProcessChange

    happened_on = date(2026, 3, 2)
    title = factory.Sequence(lambda n: f"Change {n}")
