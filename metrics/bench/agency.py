"""An agency of any size, inserted in bulk: always the same one for a size, a seed and a day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from django.db.models import Model

from clients.models import (
    Assignment,
    Client,
    ClientGoal,
    Department,
    Engagement,
    ExchangeRate,
    Fee,
    GoalReading,
    GrossMargin,
    Pause,
    Pod,
    PodMembership,
    Staff,
)
from godview.access import Role
from godview.periods import add_months

M = TypeVar("M", bound=Model)
DAY = timedelta(days=1)
BATCH = 2000
CLIENTS_OF_A_POD = 20
GOAL_DAYS = 90
PER = (Fee.Per.MONTH, Fee.Per.MONTH, Fee.Per.MONTH, Fee.Per.QUARTER, Fee.Per.YEAR)


@dataclass
class Agency:
    """The rows that the rest of a benchmark's data hangs on."""

    first_day: date
    today: date
    random: Random
    pace: int = 1
    departments: list[Department] = field(default_factory=list)
    managers: list[Staff] = field(default_factory=list)
    designers: list[Staff] = field(default_factory=list)
    pods: list[Pod] = field(default_factory=list)
    clients: list[Client] = field(default_factory=list)
    spells: dict[int, tuple[date, date | None]] = field(default_factory=dict)
    manager_of: dict[int, Staff] = field(default_factory=dict)

    @property
    def days(self) -> int:
        return (self.today - self.first_day).days

    @property
    def staff(self) -> list[Staff]:
        return self.managers + self.designers

    def end_of(self, client: Client) -> date:
        """The last day (not included) on which something can have happened to a client."""
        return self.spells[client.pk][1] or self.today


def agency(clients: int, months: int, today: date, seed: int = 1, pace: int = 1) -> Agency:
    """People, pods, clients, contracts and goals: `clients` are served today, others have left.

    With a `pace` of 4, what is written down each week is written down every fourth week.
    """
    # A benchmark needs the same rows again, not secrets.
    made = Agency(add_months(today, -months), today, Random(seed), pace)  # noqa: S311
    _people(made, max(1, clients // CLIENTS_OF_A_POD))
    _clients(made, clients)
    _money(made)
    _goals(made)
    return made


def insert(rows: Iterable[M]) -> list[M]:
    kept = list(rows)
    if kept:
        type(kept[0])._default_manager.bulk_create(kept, batch_size=BATCH)
    return kept


def _people(made: Agency, pods: int) -> None:
    made.departments = insert(
        Department(name=name, slug=name.lower().replace(" ", "-"))
        for name in ("Account management", "Paid media", "Design and CRO")
    )
    made.managers = insert(
        _person(f"Manager {n}", Role.ACCOUNT_MANAGER, made.departments[n % 2], made)
        for n in range(pods * 2)
    )
    made.designers = insert(
        _person(f"Designer {n}", Role.DESIGNER, made.departments[2], made) for n in range(pods)
    )
    made.pods = insert(
        Pod(
            external_id=f"P{n}",
            name=f"Pod {n:03}",
            slug=f"pod-{n}",
            department=made.departments[n % 2],
        )
        for n in range(pods)
    )
    insert(
        PodMembership(pod=pod, staff=person, started_on=made.first_day)
        for n, pod in enumerate(made.pods)
        for person in (*made.managers[2 * n : 2 * n + 2], made.designers[n])
    )


def _person(name: str, role: Role, department: Department, made: Agency) -> Staff:
    slug = name.lower().replace(" ", "-")
    return Staff(
        external_id=slug,
        name=name,
        slug=slug,
        email=f"{slug}@bench.example",
        role=role,
        department=department,
        started_on=made.first_day,
    )


def _clients(made: Agency, active: int) -> None:
    """An eighth were there at the start; for every three that stayed, one came and left."""
    total = active + active // 3
    made.clients = insert(
        Client(external_id=f"C{n}", name=f"Client {n:05}", slug=f"client-{n}", industry="Retail")
        for n in range(total)
    )
    engagements, assignments = [], []
    for n, client in enumerate(made.clients):
        since = made.first_day + DAY * (0 if n < active // 8 else n * (made.days - 3) // total)
        left = since + DAY * made.random.randint(40, 500) if n % 4 == 3 else None
        until = left if left is not None and left <= made.today else None
        made.spells[client.pk] = (since, until)
        made.manager_of[client.pk] = made.managers[n % len(made.managers)]
        engagements.append(Engagement(client=client, started_on=since, ended_on=until))
        pod = made.pods[n % len(made.managers) // 2]
        manager = made.manager_of[client.pk]
        assignments.append(Assignment(client=client, pod=pod, account_manager=manager))
    insert(engagements)
    insert(assignments)
    insert(
        Pause(client=client, started_on=made.today - DAY * made.random.randint(10, 130))
        for client in made.clients[::40]
        if made.spells[client.pk][1] is None and made.spells[client.pk][0] < made.today - DAY * 200
    )


def _money(made: Agency) -> None:
    insert([GrossMargin(starts_on=made.first_day, share=Decimal("0.42"))])
    insert(
        ExchangeRate(
            currency="USD",
            starts_on=add_months(made.first_day, month),
            rate=Decimal(900 + month % 7 * 5) / 1000,
        )
        for month in range(made.days // 30 + 2)
    )
    insert(fee for client in made.clients for fee in _fees(made, client))


def _fees(made: Agency, client: Client) -> Iterable[Fee]:
    """A retainer whose price changed once or twice; one client in ten works by the hour too."""
    since, until = made.spells[client.pk]
    last = until or made.today
    changes = sorted(
        {since, *(since + DAY * made.random.randrange(1, 900) for _ in range(2))} - {last}
    )
    starts = [day for day in changes if day < last]
    currency = "USD" if client.pk % 12 == 0 else "EUR"
    per = PER[client.pk % len(PER)]
    for start, end in zip(starts, [*starts[1:], until], strict=True):
        amount = Decimal(made.random.randrange(15, 90) * 100)
        yield Fee(
            client=client,
            service="Retainer",
            starts_on=start,
            ends_on=end,
            amount=amount,
            currency=currency,
            per=per,
        )
    if client.pk % 10 == 0:
        yield Fee(
            client=client,
            service="Hours",
            starts_on=since,
            ends_on=until,
            amount=Decimal(900),
            currency="EUR",
            finance_model=Fee.FinanceModel.TIME_AND_MATERIALS,
        )


def _goals(made: Agency) -> None:
    """90-day goals one after the other, the first of them the one that matters; read each week."""
    goals: list[ClientGoal] = []
    for client in made.clients:
        start, end = made.spells[client.pk][0], made.end_of(client)
        while start < end:
            goals.extend(_goal(client, start, number) for number in range(2))
            start += DAY * GOAL_DAYS
    insert(goals)
    insert(reading for goal in goals for reading in _readings(made, goal))


def _goal(client: Client, start: date, number: int) -> ClientGoal:
    return ClientGoal(
        client=client,
        name=f"Leads {number}",
        baseline=100,
        target=200,
        starts_on=start,
        ends_on=start + DAY * GOAL_DAYS,
        matters_most=number == 0,
    )


def _readings(made: Agency, goal: ClientGoal) -> Iterable[GoalReading]:
    speed = made.random.uniform(0.5, 1.3)
    for day in range(7 * made.pace, GOAL_DAYS, 7 * made.pace):
        read_on = goal.starts_on + DAY * day
        if read_on <= made.today:
            value = Decimal(round(100 + 100 * speed * day / GOAL_DAYS, 1))
            yield GoalReading(goal=goal, read_on=read_on, value=value)
