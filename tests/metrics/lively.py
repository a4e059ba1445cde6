"""An agency in which everything happens: clients come, leave, return, pause, move between pods,
pay in two currencies, by the month and by the hour; goals, tasks, tactics and training of every
kind. Always the same one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from clients.models import Client, Department, Pod, Staff
from godview.access import Role
from godview.periods import WEEK, monday_of
from metrics.queries.scopes import AGENCY, Scope
from tasks.ledger import postponing
from tasks.ledger.commitment import commit_tasks
from tasks.ledger.goals import keep
from tasks.models import AsanaConnection, Promise, Standing, Tactic, WeeklyGoal
from tests.factories.asana import AsanaUserFactory, MembershipFactory, ProjectFactory, TaskFactory
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    ClientGoalFactory,
    DepartmentFactory,
    EngagementFactory,
    ExchangeRateFactory,
    FeeFactory,
    GoalReadingFactory,
    GrossMarginFactory,
    PauseFactory,
    PodFactory,
    PodMembershipFactory,
    StaffFactory,
    TouchpointFactory,
)
from tests.factories.tasks import TacticFactory, WeeklyGoalFactory, experiment_of
from tests.factories.training import (
    CompletionFactory,
    ModuleVersionFactory,
    RequirementFactory,
    attempted,
)
from tests.metrics.lively_voices import speak

DAY = date(2026, 11, 19)
MOVED_ON = date(2026, 9, 10)
SPELLS: list[list[tuple[date, date | None]]] = [
    [(date(2024, 1, 1), None)],
    [(date(2024, 5, 1), None)],
    [(date(2025, 3, 10), None)],
    [(date(2026, 9, 20), None)],
    [(date(2026, 2, 1), date(2026, 10, 5))],
    [(date(2025, 1, 1), date(2026, 6, 1)), (date(2026, 10, 1), None)],
    [(date(2026, 8, 25), date(2026, 10, 25))],
    [(date(2024, 1, 1), date(2026, 11, 1)), (date(2026, 11, 10), None)],
    [(date(2025, 6, 1), None)],
    [(date(2025, 7, 1), None)],
]


@dataclass
class Lively:
    clients: list[Client]
    pods: list[Pod]
    departments: list[Department]
    managers: list[Staff]

    def scopes(self) -> dict[str, Scope]:
        """One of every kind, the ones in which most happens."""
        return {
            "agency": AGENCY,
            "department": _scope("department", self.departments[0]),
            "pod": _scope("pod", self.pods[0]),
            "manager": _scope("manager", self.managers[0]),
            "client": _scope("client", self.clients[5]),
            "nobody": _scope("pod", PodFactory(name="Empty", slug="empty")),
        }


def _scope(kind: Any, row: Any) -> Scope:
    return Scope(kind, row.pk, row.name)


def lively() -> Lively:
    chance = Random(1)
    ExchangeRateFactory(currency="USD", starts_on=date(2024, 1, 1), rate=Decimal("0.92"))
    ExchangeRateFactory(currency="USD", starts_on=date(2026, 10, 1), rate=Decimal("0.95"))
    GrossMarginFactory(starts_on=date(2024, 1, 1), share=Decimal("0.40"))
    GrossMarginFactory(starts_on=date(2026, 8, 1), share=Decimal("0.45"))
    departments = [DepartmentFactory(name="Search", slug="search"), DepartmentFactory()]
    pods = [PodFactory(name="Cobalt", slug="cobalt", department=departments[0]), PodFactory()]
    managers = [
        StaffFactory(name="Ana Ruiz", slug="ana-ruiz", department=departments[0]),
        StaffFactory(department=departments[1]),
    ]
    for pod, manager in zip(pods, managers, strict=True):
        PodMembershipFactory(pod=pod, staff=manager)
    made = Lively([], pods, departments, managers)
    for number, spells in enumerate(SPELLS):
        made.clients.append(_client(number, spells, made))
    _pauses(made)
    for number, client in enumerate(made.clients):
        _fees(number, client)
        _contacts(client, managers[number % 2], chance)
        _goals(number, client)
        _weeks(client, managers[number % 2], chance)
        _tactics(client, managers[number % 2], chance)
        _tests(number, client, managers[number % 2])
    _tasks(made, chance)
    _promises(made, chance)
    _training(made)
    speak(made.clients)
    return made


def _promises(made: Lively, chance: Random) -> None:
    """The ledger of all that, with some postponed and some changed in silence."""
    now = datetime.combine(DAY, time(9), tzinfo=UTC)
    for asana in AsanaConnection.objects.all():
        commit_tasks(asana)
    keep(WeeklyGoal.objects.all(), now)
    asks, agrees = made.managers
    waiting = Promise.objects.filter(standing__state="open")
    for promise in waiting.exclude(kind=Promise.Kind.CLIENT_GOAL).order_by("pk"):
        if chance.random() < 0.3:
            Standing.objects.filter(pk=promise.pk).update(attempts=1)
        elif chance.random() < 0.4:
            later = max(promise.due_on, DAY) + timedelta(days=chance.randint(1, 20))
            reason = {"reason": "priority", "text": "A launch came first"}
            asked = postponing.ask(promise=promise, by=asks, due_on=later, now=now, **reason)
            postponing.approve(postponement=asked, by=agrees, now=now)


def _client(number: int, spells: list[tuple[date, date | None]], made: Lively) -> Client:
    row: Client = ClientFactory(name=f"Client {number}", slug=f"client-{number}")
    for start, end in spells:
        EngagementFactory(client=row, started_on=start, ended_on=end)
    first, second = number % 2, (number + 1) % 2
    moves = number in (2, 8)
    AssignmentFactory(
        client=row,
        pod=made.pods[first],
        account_manager=made.managers[first],
        ended_on=MOVED_ON if moves else None,
    )
    if moves:
        AssignmentFactory(
            client=row,
            pod=made.pods[second],
            account_manager=made.managers[second],
            started_on=MOVED_ON,
        )
    return row


def _pauses(made: Lively) -> None:
    PauseFactory(client=made.clients[1], started_on=date(2026, 10, 20))
    PauseFactory(client=made.clients[9], started_on=date(2026, 7, 1))  # too long by now
    PauseFactory(client=made.clients[0], started_on=date(2026, 8, 1), ended_on=date(2026, 9, 1))


def _fees(number: int, client: Client) -> None:
    currency = "USD" if number in (2, 5) else "EUR"
    FeeFactory(
        client=client, amount=1000 + 300 * number, currency=currency, ends_on=date(2026, 9, 15)
    )
    change = Decimal("1.2") if number % 3 else Decimal("0.8")
    FeeFactory(
        client=client,
        amount=(1000 + 300 * number) * change,
        currency=currency,
        starts_on=date(2026, 9, 15),
        per="quarter" if number == 3 else "month",
    )
    if number in (0, 4):
        FeeFactory(client=client, service="Hours", amount=700, finance_model="time_and_materials")


def _contacts(client: Client, staff: Staff, chance: Random) -> None:
    if client.name == "Client 3":
        return  # never contacted so far
    day = date(2025, 10, 1)
    while day < DAY:
        day += timedelta(days=chance.randint(2, 24))
        moment = datetime.combine(day, time(10), tzinfo=UTC)
        TouchpointFactory(client=client, staff=staff, happened_at=moment)


def _goals(number: int, client: Client) -> None:
    for start in (date(2026, 6, 20), date(2026, 9, 1), DAY - timedelta(days=8)):
        goal = ClientGoalFactory(
            client=client, starts_on=start, matters_most=number == 6, name=f"From {start}"
        )
        if number == 6:
            continue  # never read
        for weeks in range(1, 10):
            read_on = start + WEEK * weeks
            value = Decimal(100) + Decimal(weeks * (4 + number))
            GoalReadingFactory(goal=goal, read_on=read_on, value=value)


def _weeks(client: Client, manager: Staff, chance: Random) -> None:
    statuses = list(WeeklyGoal.Status)
    monday = monday_of(date(2026, 7, 1))
    while monday < DAY:
        for _ in range(2):
            WeeklyGoalFactory(
                client=client,
                manager=manager,
                week_starts_on=monday,
                status=chance.choice(statuses),
                unplanned=chance.random() < 0.2,
            )
        monday += WEEK


def _tests(number: int, client: Client, designer: Staff) -> None:
    """Won, lost, level, running, too early: by turns, decided at different times."""
    started_on = DAY - timedelta(days=60 + 20 * number)
    for place, better in enumerate((1.4, 0.65, 1.02, 1.4, 1.1)):
        is_early = place == 4
        experiment_of(
            (2 if is_early else 21, (700, 140), (700, round(140 * better))),
            client=client,
            designer=designer if place % 2 else None,
            planned_per_arm=700 if place < 3 else 5000,
            started_on=DAY - timedelta(days=3) if is_early else started_on,
        )


def _tactics(client: Client, manager: Staff, chance: Random) -> None:
    for month in range(6, 11):
        outcome = chance.choice(list(Tactic.Outcome))
        start = date(2026, month, chance.randint(1, 28))
        is_over = outcome != Tactic.Outcome.RUNNING
        TacticFactory(
            client=client,
            manager=manager,
            started_on=start,
            outcome=outcome,
            ended_on=start + timedelta(days=20) if is_over else None,
        )


def _tasks(made: Lively, chance: Random) -> None:
    users = [AsanaUserFactory(staff=manager) for manager in made.managers]
    projects = [ProjectFactory(client=client) for client in made.clients[:4]]
    projects.append(ProjectFactory(department=made.departments[0]))
    for number in range(80):
        due = date(2026, 8, 1) + timedelta(days=chance.randint(0, 110))
        late = chance.choice((-2, 0, 3, None))
        done = None if late is None else due + timedelta(days=late)
        task = TaskFactory(
            assignee=users[number % 2] if number % 5 else None,
            first_due_on=due,
            created_at=datetime.combine(due - timedelta(days=9), time(8), tzinfo=UTC),
            completed_on=done,
            completed_at=datetime.combine(done, time(9), tzinfo=UTC) if done else None,
            deleted_at=datetime(2026, 11, 1, tzinfo=UTC) if number % 17 == 0 else None,
        )
        for project in {projects[number % 5], projects[(number * 3) % 5]}:
            MembershipFactory(task=task, project=project)


def _training(made: Lively) -> None:
    ana, other = made.managers
    versions = [ModuleVersionFactory() for _ in range(4)]
    for version in versions:
        RequirementFactory(module=version.module, role=Role.ACCOUNT_MANAGER)
    attempted(ana, versions[0], 90, on=date(2026, 9, 20))
    attempted(ana, versions[1], 60, on=date(2026, 10, 20))
    attempted(other, versions[0], 85, on=date(2026, 11, 2))
    CompletionFactory(staff=other, version=versions[2], completed_on=date(2026, 11, 4))
