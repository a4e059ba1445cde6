"""What the database itself refuses, whoever asks."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    ClientGoalFactory,
    ExchangeRateFactory,
    FeeFactory,
    GoalReadingFactory,
    GrossMarginFactory,
    ObligationFactory,
    SignedAgreementFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ASKED = datetime(2026, 11, 16, 10, tzinfo=UTC)
AN_HOUR_BEFORE = ASKED - timedelta(hours=1)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: FeeFactory(amount=Decimal("-0.01")),
        lambda: ExchangeRateFactory(rate=Decimal(0)),
        lambda: GrossMarginFactory(share=Decimal("1.01")),
        lambda: ClientGoalFactory(baseline=Decimal(5), target=Decimal(5)),
        lambda: ObligationFactory(asked_at=ASKED, due_at=AN_HOUR_BEFORE),
        lambda: ObligationFactory(asked_at=ASKED, answered_at=AN_HOUR_BEFORE),
    ],
    ids=["fee", "rate", "margin", "goal", "due before asked", "answered before asked"],
)
def test_impossible_values_are_refused(impossible):
    with pytest.raises(IntegrityError), transaction.atomic():
        impossible()


def twice(factory, **same):
    factory(**same)
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**same)


def test_a_service_has_one_price_from_a_day():
    twice(FeeFactory, client=ClientFactory())


def test_a_goal_has_one_reading_a_day():
    twice(GoalReadingFactory, goal=ClientGoalFactory(), read_on=date(2026, 11, 1))


def test_a_currency_has_one_rate_from_a_day():
    twice(ExchangeRateFactory)


def test_a_client_signs_a_version_once():
    copy = SignedAgreementFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedAgreementFactory(client=copy.client, terms=copy.terms)


def test_a_user_signs_in_by_one_e_mail_in_any_case():
    UserFactory(email="ana@agency.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Ana@agency.example")


def test_a_client_with_a_manager_cannot_lose_that_person_from_history():
    from django.db.models import ProtectedError

    manager = StaffFactory()
    AssignmentFactory(account_manager=manager)
    with pytest.raises(ProtectedError):
        manager.delete()
