"""What the lively agency's clients say, cost and pay: for every number something of each kind."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from clients.models import Client
from godview.periods import WEEK, full_weeks_before
from tests.factories.clients import ContactFactory, ObligationFactory
from tests.factories.voices import (
    CostFactory,
    CsiAnswerFactory,
    CsiQuestionFactory,
    InvoiceFactory,
    NpsAnswerFactory,
    ServiceFactory,
    SurveyRequestFactory,
    SurveyWaveFactory,
    TrafficLightFactory,
)

DAY = date(2026, 11, 19)
ROUNDS = (date(2026, 4, 1), date(2026, 10, 5))
KINDS = ("time", "time", "pass_through", "gift", "discount", "payroll", "sales")


def speak(clients: list[Client]) -> None:
    chance = Random(2)
    _surveys(clients, chance)
    _lights(clients, chance)
    _money(clients, chance)
    for service in ("PPC", "Video"):
        ServiceFactory(name=service)
    ServiceFactory(name="SEO", offered_from=date(2026, 9, 1))
    for number in (3, 8):
        Client.objects.filter(pk=clients[number].pk).update(referred_by=clients[0])
    Client.objects.filter(pk=clients[9].pk).update(is_key=False)


def _surveys(clients: list[Client], chance: Random) -> None:
    people = [ContactFactory(client=client) for client in clients for _ in range(2)]
    for asked_on in ROUNDS:
        nps, csi = (SurveyWaveFactory(kind=kind, opened_on=asked_on) for kind in ("nps", "csi"))
        questions = [CsiQuestionFactory(wave=csi, weight=weight) for weight in (5, 3, 4)]
        for person in people:
            asked = SurveyRequestFactory(wave=nps, contact=person, sent_on=asked_on)
            for _ in range(chance.choice((0, 1, 1, 2))):
                day = asked_on + timedelta(days=chance.randint(0, 50))
                NpsAnswerFactory(request=asked, answered_on=day, score=chance.randint(3, 10))
            rated = SurveyRequestFactory(wave=csi, contact=person, sent_on=asked_on)
            for question in questions:
                if chance.random() < 0.6:
                    day = asked_on + timedelta(days=chance.randint(0, 20))
                    CsiAnswerFactory(
                        request=rated, question=question, answered_on=day,
                        score=chance.randint(1, 5),
                    )  # fmt: skip


def _lights(clients: list[Client], chance: Random) -> None:
    for week in full_weeks_before(DAY, 20):
        for client in clients:
            for _ in range(chance.choice((0, 1, 1, 1, 2))):
                day = week.start + timedelta(days=chance.randint(3, 15))
                if day <= DAY:
                    TrafficLightFactory(
                        client=client,
                        week_starts_on=week.start,
                        color=chance.choice(("green", "green", "yellow", "red")),
                        marked_at=datetime.combine(day, time(15), tzinfo=UTC),
                    )


def _money(clients: list[Client], chance: Random) -> None:
    for back in range(16):
        day = DAY - timedelta(days=30 * back + 3)
        CostFactory(client=None, kind="fixed_share", amount=Decimal(700), spent_on=day)
        CostFactory(client=None, kind="advertising", amount=Decimal("512.40"), spent_on=day)
        for number, client in enumerate(clients[:7]):
            currency = "USD" if number == 2 else "EUR"
            kind, amount = chance.choice(KINDS), Decimal(chance.randint(2000, 90000)) / 100
            CostFactory(client=client, kind=kind, amount=amount, spent_on=day, currency=currency)
            paid = chance.choice((None, day - WEEK, day, day + WEEK, day + 5 * WEEK))
            InvoiceFactory(
                client=client, number=f"{back}", issued_on=day - 2 * WEEK, due_on=day, paid_on=paid,
                amount=amount * 10, currency=currency,
            )  # fmt: skip
        for client in clients[::2]:
            asked_at = datetime.combine(day - timedelta(days=2), time(10, 30), tzinfo=UTC)
            waits = chance.choice((None, 3, 30, 200))
            answered_at = asked_at + timedelta(hours=waits) if waits else None
            ObligationFactory(client=client, asked_at=asked_at, answered_at=answered_at)
