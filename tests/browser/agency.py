"""A small agency as of today, with something in every panel of every page."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from clients.models import Client
from godview.periods import monday_of
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    ClientGoalFactory,
    ContactFactory,
    EngagementFactory,
    FeeFactory,
    GoalReadingFactory,
    ObligationFactory,
    PauseFactory,
    SignedAgreementFactory,
    TouchpointFactory,
)
from tests.factories.days import days_ago
from tests.factories.ledger import PostponementFactory, PromiseFactory, moved
from tests.factories.tasks import TacticFactory, WeeklyGoalFactory, experiment_of

LONG_NAME = "Wohnungsbaugenossenschaft Friedrichshain-Kreuzberg eG"


def make_agency() -> Cast:
    """Acme is off pace and has heard nothing for twelve days; Zenith is fine; Orlo is on hold."""
    cast = make_cast()
    now = timezone.now()
    zenith, orlo, long_name = (_client(cast, name) for name in ("Zenith", "Orlo", LONG_NAME))
    for client, pace, silence in (
        (cast.client_a, 0.5, 12),
        (cast.client_b, 0.85, 9),
        (zenith, 1.1, 1),
        (orlo, 1.0, 3),
        (long_name, 0.7, 11),
    ):
        _fill(cast, client, pace, silence)
    _tests(cast, zenith)
    PauseFactory(client=orlo, started_on=timezone.localdate(now) - timedelta(days=10))
    return cast


def _tests(cast: Cast, client: Client) -> None:
    """One of every kind that a list of tests draws otherwise."""
    start = timezone.localdate() - timedelta(days=30)
    looks = {
        "Won": (28, (6745, 270), (6745, 340)),
        "Lost": (28, (6745, 340), (6745, 270)),
        "Running": (14, (5000, 200), (5000, 250)),
        "Too early": (2, (50, 2), (60, 3)),
        "Invalid": (28, (6745, 270), (7600, 340)),
    }
    for name, look in looks.items():
        told = {"client": client, "designer": cast.designer.staff, "started_on": start}
        experiment_of(look, name=name, **told)


def _client(cast: Cast, name: str) -> Client:
    client: Client = ClientFactory(name=name, slug=name.split()[0].lower(), industry="Retail")
    EngagementFactory(client=client)
    AssignmentFactory(client=client, pod=cast.pod_a, account_manager=cast.manager.staff)
    return client


def _fill(cast: Cast, client: Client, pace: float, silence: int) -> None:
    now, today = timezone.now(), timezone.localdate()
    manager = cast.manager.staff
    FeeFactory(client=client, amount=6400)
    ContactFactory(client=client, name="Owner", decides=True)
    goal = ClientGoalFactory(client=client, starts_on=today - timedelta(days=60), name="Leads")
    for days in range(7, 61, 7):
        gone = Decimal(str(round(days / 90 * pace, 3)))
        read_on = today - timedelta(days=60 - days)
        GoalReadingFactory(goal=goal, read_on=read_on, value=100 + 100 * gone)
    for weeks in range(6):
        for number in range(2):
            WeeklyGoalFactory(
                client=client,
                manager=manager,
                week_starts_on=monday_of(today) - timedelta(days=7 * weeks),
                status="missed" if number and weeks % 2 else "met" if weeks else "open",
            )
    for days in (silence, silence + 6, silence + 15):
        TouchpointFactory(client=client, staff=manager, happened_at=days_ago(days))
    TacticFactory(
        client=client, manager=manager, started_on=today - timedelta(days=50), judged=True
    )
    TacticFactory(client=client, manager=manager, started_on=today - timedelta(days=20))
    ObligationFactory(client=client, asked_at=now - timedelta(days=3), asked_by=manager)
    SignedAgreementFactory(client=client)
    _promise(cast, client)


def _promise(cast: Cast, client: Client) -> None:
    """One promise is kept, one waits for another day, one was moved in Asana."""
    today, owner = timezone.localdate(), cast.manager.staff
    PromiseFactory(client=client, owner=owner, text="Price list", standing__state="done")
    page = PromiseFactory(client=client, owner=owner, text="Landing page for the spring offer")
    PostponementFactory(promise=page, asked_by=owner, due_on=today + timedelta(days=9))
    moved(client, owner, text=f"{'Booking form' if client == cast.client_a else LONG_NAME}")
