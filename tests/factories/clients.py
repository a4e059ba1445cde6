from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from clients import models
from godview.access import Role

LONG_AGO = date(2024, 1, 1)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = models.User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@agency.example")
    password = factory.django.Password("correct horse battery")


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Department

    name = factory.Sequence(lambda n: f"Department {n}")
    slug = factory.Sequence(lambda n: f"department-{n}")


class StaffFactory(DjangoModelFactory):
    class Meta:
        model = models.Staff

    external_id = factory.Sequence(lambda n: f"S{n}")
    name = factory.Sequence(lambda n: f"Person {n}")
    slug = factory.Sequence(lambda n: f"person-{n}")
    email = factory.LazyAttribute(lambda row: f"{row.slug}@agency.example")
    role = Role.ACCOUNT_MANAGER
    started_on = LONG_AGO

    class Params:
        signs_in = factory.Trait(
            user=factory.SubFactory(UserFactory, email=factory.SelfAttribute("..email"))
        )


class PodFactory(DjangoModelFactory):
    class Meta:
        model = models.Pod

    external_id = factory.Sequence(lambda n: f"P{n}")
    name = factory.Sequence(lambda n: f"Pod {n}")
    slug = factory.Sequence(lambda n: f"pod-{n}")


class PodMembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.PodMembership

    pod = factory.SubFactory(PodFactory)
    staff = factory.SubFactory(StaffFactory)


class ClientFactory(DjangoModelFactory):
    class Meta:
        model = models.Client

    external_id = factory.Sequence(lambda n: f"C{n}")
    name = factory.Sequence(lambda n: f"Client {n}")
    slug = factory.Sequence(lambda n: f"client-{n}")


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Assignment

    client = factory.SubFactory(ClientFactory)
    pod = factory.SubFactory(PodFactory)
    account_manager = factory.SubFactory(StaffFactory)


class EngagementFactory(DjangoModelFactory):
    class Meta:
        model = models.Engagement

    client = factory.SubFactory(ClientFactory)
    started_on = LONG_AGO


class PauseFactory(DjangoModelFactory):
    class Meta:
        model = models.Pause

    client = factory.SubFactory(ClientFactory)
    started_on = date(2026, 1, 1)


class FeeFactory(DjangoModelFactory):
    class Meta:
        model = models.Fee

    client = factory.SubFactory(ClientFactory)
    service = "PPC"
    starts_on = LONG_AGO
    amount = Decimal(3000)
    currency = "EUR"
    per = models.Fee.Per.MONTH
    finance_model = models.Fee.FinanceModel.RETAINER


class ExchangeRateFactory(DjangoModelFactory):
    class Meta:
        model = models.ExchangeRate

    currency = "USD"
    starts_on = LONG_AGO
    rate = Decimal("0.92")


class GrossMarginFactory(DjangoModelFactory):
    class Meta:
        model = models.GrossMargin

    starts_on = LONG_AGO
    share = Decimal("0.4")


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = models.Contact

    client = factory.SubFactory(ClientFactory)
    name = factory.Sequence(lambda n: f"Contact {n}")


class TouchpointFactory(DjangoModelFactory):
    class Meta:
        model = models.Touchpoint

    client = factory.SubFactory(ClientFactory)
    happened_at = datetime(2026, 11, 16, 10, tzinfo=UTC)
    channel = models.Touchpoint.Channel.CALL
    direction = models.Touchpoint.Direction.OUTBOUND


class ExpectationTermsFactory(DjangoModelFactory):
    class Meta:
        model = models.ExpectationTerms

    version = factory.Sequence(lambda n: n + 1)
    effective_on = LONG_AGO


class TermsRuleFactory(DjangoModelFactory):
    class Meta:
        model = models.TermsRule

    terms = factory.SubFactory(ExpectationTermsFactory)
    kind = models.TermsRule.Kind.REPLY
    text = "You answer within one business day."
    business_days = 1


class SignedAgreementFactory(DjangoModelFactory):
    class Meta:
        model = models.SignedAgreement

    client = factory.SubFactory(ClientFactory)
    terms = factory.SubFactory(ExpectationTermsFactory)
    signed_on = LONG_AGO
    signer = "The owner"
    signed_text = "You answer within one business day."


class ObligationFactory(DjangoModelFactory):
    class Meta:
        model = models.Obligation

    client = factory.SubFactory(ClientFactory)
    text = "Approve the new booking form."
    asked_at = datetime(2026, 11, 16, 10, tzinfo=UTC)
    due_at = factory.LazyAttribute(lambda row: row.asked_at + timedelta(days=1))


class ClientGoalFactory(DjangoModelFactory):
    class Meta:
        model = models.ClientGoal

    client = factory.SubFactory(ClientFactory)
    name = factory.Sequence(lambda n: f"Leads {n}")
    unit = "leads / mo"
    baseline = Decimal(100)
    target = Decimal(200)
    starts_on = date(2026, 10, 1)
    ends_on = factory.LazyAttribute(lambda row: row.starts_on + timedelta(days=90))


class GoalReadingFactory(DjangoModelFactory):
    class Meta:
        model = models.GoalReading

    goal = factory.SubFactory(ClientGoalFactory)
    read_on = date(2026, 11, 1)
    value = Decimal(130)


class PivotFactory(DjangoModelFactory):
    class Meta:
        model = models.Pivot

    goal = factory.SubFactory(ClientGoalFactory)
    decided_on = date(2026, 11, 2)
    decided_by = factory.SubFactory(StaffFactory)
    text = "A new landing page before any new advert"
