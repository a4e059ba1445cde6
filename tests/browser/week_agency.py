"""Twelve clients of one manager, each with one or two goals in the week that is to be closed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from clients.models import Client
from godview.periods import WEEK
from tasks.models import WeeklyGoal
from tasks.weeks import last_locked_week, week_name
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    ClientGoalFactory,
    EngagementFactory,
    FeeFactory,
    GoalReadingFactory,
    TouchpointFactory,
)
from tests.factories.days import days_ago
from tests.factories.tasks import WeeklyGoalFactory

NAMES = (
    *("Arbor & Finch", "Brightwater", "Casa Lumen", "Ferro Bikes", "Glasshouse Spa"),
    *("Halden Dental", "Juniper Legal", "Koro Ceramics", "Lindqvist Boats", "Mesa Outdoor"),
    "Nettle & Co",
)


@dataclass
class Week:
    cast: Cast
    clients: list[Client]
    to_close: date

    @property
    def to_plan(self) -> date:
        return self.to_close + WEEK

    def address(self, monday: date) -> str:
        return f"/week/?week={week_name(monday)}"

    def goals(self, monday: date) -> list[WeeklyGoal]:
        return list(WeeklyGoal.objects.of_week(monday).order_by("client__name", "pk"))


def make_week() -> Week:
    """Acme and eleven more; every second one was promised two things: eighteen in all."""
    cast, now = make_cast(), timezone.now()
    clients = [cast.client_a]
    for name in NAMES:
        client = ClientFactory(name=name)
        EngagementFactory(client=client)
        AssignmentFactory(client=client, pod=cast.pod_a, account_manager=cast.manager.staff)
        clients.append(client)
    clients.sort(key=lambda client: client.name)
    week = Week(cast, clients, last_locked_week(now))
    for number, client in enumerate(clients):
        _fill(week, client, number)
    return week


def _fill(week: Week, client: Client, number: int) -> None:
    today = timezone.localdate()
    FeeFactory(client=client, amount=2600 + 400 * number)
    serves = ClientGoalFactory(
        client=client, name="Leads", starts_on=today - timedelta(days=54), matters_most=True
    )
    GoalReadingFactory(goal=serves, read_on=today, value=130 + 4 * number)
    TouchpointFactory(client=client, happened_at=days_ago(number))
    for text in ("Price page live", "Bid test agreed")[: 1 + number % 2]:
        WeeklyGoalFactory(
            client=client,
            manager=week.cast.manager.staff,
            week_starts_on=week.to_close,
            text=text,
            client_goal=serves,
        )
