from datetime import date, datetime

import pytest

from clients.models import Client
from tasks.ledger.reckoning import reckon
from tasks.models import AsanaConnection, Promise, Task
from tests.factories.asana import (
    NOW,
    AsanaConnectionFactory,
    AsanaUserFactory,
    MembershipFactory,
    ProjectFactory,
    TaskFactory,
)
from tests.factories.clients import ClientFactory, StaffFactory

FRIDAY = date(2026, 11, 20)
LATER = datetime.fromisoformat("2026-11-17T09:00:00+00:00")


class Work:
    """A client with a project in Asana, and what the ledger makes of it."""

    def __init__(self) -> None:
        self.connection: AsanaConnection = AsanaConnectionFactory()
        self.client: Client = ClientFactory(name="Halden Dental")
        self.project = ProjectFactory(connection=self.connection, client=self.client)
        self.ana = StaffFactory(name="Ana Ruiz")
        self.user = AsanaUserFactory(connection=self.connection, staff=self.ana, name="Ana R.")

    def task(self, name: str = "Landing page", due_on: date | None = FRIDAY, **fields) -> Task:
        task = TaskFactory(
            connection=self.connection,
            name=name,
            due_on=due_on,
            first_due_on=fields.pop("first_due_on", due_on),
            assignee=self.user,
            observed_at=NOW,
            **fields,
        )
        MembershipFactory(task=task, project=self.project)
        return task

    def change(self, task: Task, **fields) -> None:
        Task.objects.filter(pk=task.pk).update(observed_at=LATER, **fields)

    def reckon(self, witness=None):
        more = {"witness": witness} if witness else {}
        return reckon(self.connection, LATER, **more)

    def promised(self, name: str = "Landing page", **fields) -> tuple[Task, Promise]:
        task = self.task(name, **fields)
        self.reckon()
        return task, Promise.objects.get(task=task)


@pytest.fixture
def work(db: None) -> Work:
    return Work()
