"""What happened in a benchmark's agency: contacts, tasks, weekly goals, tactics, training."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.utils import timezone

from clients.models import Client, Touchpoint
from godview.encryption import Secret
from godview.periods import monday_of
from metrics.bench.agency import BATCH, DAY, Agency, M, insert
from tasks.ledger.commitment import commit_tasks
from tasks.ledger.goals import keep as promise
from tasks.models import (
    AsanaConnection,
    AsanaUser,
    Membership,
    Project,
    Tactic,
    Task,
    WeeklyGoal,
)
from training.models import Completion, ModuleVersion, Requirement, TrainingModule

WEEK = timedelta(days=7)
MODULES = 12
CHANNELS = (
    Touchpoint.Channel.CALL,
    Touchpoint.Channel.EMAIL,
    Touchpoint.Channel.REPORT,
    Touchpoint.Channel.CHAT,
)
STATUSES = (
    [WeeklyGoal.Status.MET] * 12
    + [WeeklyGoal.Status.MISSED] * 3
    + [WeeklyGoal.Status.DELETED, WeeklyGoal.Status.POSTPONED]
)
OUTCOMES = (
    Tactic.Outcome.WIN,
    Tactic.Outcome.LOSS,
    Tactic.Outcome.WIN,
    Tactic.Outcome.INCONCLUSIVE,
)


def work(made: Agency, tasks: int) -> None:
    """Fill the agency's months: about `tasks` tasks, a contact a week, two goals a week."""
    for touches in _batches(_touches(made)):
        insert(touches)
    for goals in _batches(_weekly_goals(made)):
        first, last = insert(goals)[0].pk, goals[-1].pk
        promise(WeeklyGoal.objects.filter(pk__gte=first, pk__lte=last), timezone.now())
    for tactics in _batches(_tactics(made)):
        insert(tactics)
    _tasks(made, tasks)
    _training(made)


def _batches(rows: Iterable[M]) -> Iterator[list[M]]:
    """As they are made, so that a large agency needs little memory."""
    made = iter(rows)
    while batch := list(islice(made, BATCH)):
        yield batch


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


def _touches(made: Agency) -> Iterable[Touchpoint]:
    for client in made.clients:
        day, end = made.spells[client.pk][0], made.end_of(client)
        manager = made.manager_of[client.pk]
        while (day := day + DAY * made.random.randint(2, 11) * made.pace) < end:
            channel = CHANNELS[made.random.randrange(len(CHANNELS))]
            yield Touchpoint(
                client=client, staff=manager, happened_at=_at(day, 11), channel=channel
            )


def _weekly_goals(made: Agency) -> Iterable[WeeklyGoal]:
    this_monday = monday_of(made.today)
    for client in made.clients:
        monday, end = monday_of(made.spells[client.pk][0]), made.end_of(client)
        while monday < end:
            for number in range(2):
                running = monday == this_monday
                yield WeeklyGoal(
                    client=client,
                    manager=made.manager_of[client.pk],
                    week_starts_on=monday,
                    text=f"Goal {number}",
                    status="open" if running else made.random.choice(STATUSES),
                    unplanned=made.random.random() < 0.05,
                    committed_at=_at(monday, 12),
                )
            monday += WEEK * made.pace


def _tactics(made: Agency) -> Iterable[Tactic]:
    for client in made.clients:
        day, end = made.spells[client.pk][0], made.end_of(client)
        number = 0
        while (ended := day + DAY * 40) <= end:
            yield Tactic(
                client=client,
                manager=made.manager_of[client.pk],
                name=f"Tactic {number}",
                started_on=day,
                ended_on=ended,
                outcome=OUTCOMES[(number + client.pk) % len(OUTCOMES)],
            )
            day, number = ended, number + 1


def _tasks(made: Agency, count: int) -> None:
    now = _at(made.today, 9)
    connection = insert(
        [
            AsanaConnection(
                workspace_gid="1", workspace_name="Bench", acts_as="Bench", token=Secret.of("none")
            )
        ]
    )[0]
    users = insert(
        AsanaUser(connection=connection, gid=f"u{n}", name=staff.name, staff=staff, observed_at=now)
        for n, staff in enumerate(made.staff)
    )
    projects = insert(
        Project(connection=connection, gid=f"p{n}", name=c.name, client=c, observed_at=now)
        for n, c in enumerate(made.clients)
    )
    each = max(1, count // len(made.clients))
    for start in range(0, len(projects), 50):
        some = zip(projects[start : start + 50], made.clients[start : start + 50], strict=True)
        pairs = [
            (project, _task(made, connection, users, client, f"{project.gid}-{n}", n / each))
            for project, client in some
            for n in range(each)
        ]
        insert(task for _, task in pairs)
        insert(Membership(project=project, task=task) for project, task in pairs)
    commit_tasks(connection)


def _task(
    made: Agency,
    connection: AsanaConnection,
    users: list[AsanaUser],
    client: Client,
    gid: str,
    progress: float,
) -> Task:
    """A task due somewhere on the client's way; four of five are done in time."""
    since = made.spells[client.pk][0]
    due = since + DAY * int(((made.end_of(client) - since).days + 14) * progress)
    late = made.random.choice((-3, -2, -1, -1, 0, 0, 0, 4))
    done = due + DAY * late
    finished = done < made.today and made.random.random() > 0.03
    started = due - DAY * made.random.randint(4, 12)
    return Task(
        connection=connection,
        gid=gid,
        name=f"Task {gid}",
        assignee=users[made.random.randrange(len(users))],
        start_on=started if made.random.random() < 0.5 else None,
        created_at=_at(started, 10),
        due_on=due,
        first_due_on=due,
        completed_at=_at(done, 15) if finished else None,
        completed_on=done if finished else None,
        content_hash="0" * 32,
        observed_at=_at(made.today, 9),
    )


def _training(made: Agency) -> None:
    modules = insert(
        TrainingModule(title=f"Module {n:02}", slug=f"module-{n:02}") for n in range(MODULES)
    )
    versions = insert(
        ModuleVersion(module=module, number=1, published_on=made.first_day) for module in modules
    )
    insert(
        Requirement(module=module, due_within_days=30, starts_on=made.first_day)
        for module in modules
    )
    insert(
        Completion(
            staff=staff,
            version=version,
            completed_on=made.first_day + DAY * made.random.randint(5, 60),
            evidence="Bench",
        )
        for staff in made.staff
        for version in versions
        if made.random.random() < 0.85
    )
