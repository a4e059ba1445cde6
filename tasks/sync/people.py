"""The first phase of a run: who is in the workspace, and which projects it has."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tasks.asana import payload
from tasks.asana.client import Answer, AsanaClient
from tasks.asana.errors import ForbiddenError, NotFoundError
from tasks.asana.payload import ProjectRecord, UserRecord
from tasks.models import AsanaConnection, AsanaUser, Project
from tasks.sync.readers import Brought


@dataclass(frozen=True, slots=True)
class UserList:
    records: dict[str, UserRecord]
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class ProjectList:
    """`gone` are those that Asana, asked for each, no longer knows."""

    records: dict[str, ProjectRecord]
    gone: set[str]
    sent_at: datetime


Lists = UserList | ProjectList


class Census:
    """The readers' side: both lists, whole, before anything is stored."""

    def __init__(self, client: AsanaClient, connection: AsanaConnection) -> None:
        self._client = client
        self._workspace = connection.workspace_gid
        self._known = set(connection.projects.in_asana().values_list("gid", flat=True))

    def read(self, kind: str) -> Iterator[Lists]:
        yield self._users() if kind == "users" else self._projects()

    def _users(self) -> UserList:
        answers = list(self._client.users(self._workspace))
        users = (payload.user(raw) for answer in answers for raw in _things(answer))
        return UserList({user.gid: user for user in users}, answers[0].sent_at)

    def _projects(self) -> ProjectList:
        """One that is not listed is asked for before it is called gone.

        One that the token may no longer see is neither: reading its tasks will say so.
        """
        answers = list(self._client.projects(self._workspace))
        listed = (payload.project(raw) for answer in answers for raw in _things(answer))
        records = {project.gid: project for project in listed}
        gone = set()
        for gid in self._known - records.keys():
            try:
                records[gid] = payload.project(self._client.project(gid).data)
            except NotFoundError:
                gone.add(gid)
            except ForbiddenError:
                continue
        return ProjectList(records, gone, answers[0].sent_at)


class Registrar:
    """The writer's side: rows for everybody and everything that is new or changed."""

    def __init__(self, connection: AsanaConnection) -> None:
        self._connection = connection
        self.seen = self.written = self.done = 0

    def take(self, batch: Iterable[Brought[str, Lists]]) -> None:
        for brought in batch:
            if brought.error is not None:
                raise brought.error
            if isinstance(brought.page, UserList):
                self._users(brought.page)
            elif isinstance(brought.page, ProjectList):
                self._projects(brought.page)
            self.done += 1

    def _users(self, listed: UserList) -> None:
        """Who is no longer listed is marked; their tasks stay."""
        known = {user.gid: user for user in self._connection.asana_users.all()}
        new: list[AsanaUser] = []
        changed: list[AsanaUser] = []
        for gid, record in listed.records.items():
            user = known.get(gid) or AsanaUser(connection=self._connection, gid=gid)
            # Asana shows e-mails to some tokens only: one that is known is not forgotten.
            told = (record.name or user.name, record.email or user.email, None)
            if user.pk and told == (user.name, user.email, user.deleted_at):
                continue
            user.name, user.email, user.deleted_at = told
            user.observed_at = listed.sent_at
            (changed if user.pk else new).append(user)
        for gid, user in known.items():
            if gid not in listed.records and not user.deleted_at:
                user.deleted_at = listed.sent_at
                changed.append(user)
        AsanaUser.objects.bulk_create(new, batch_size=500)
        columns = ["name", "email", "deleted_at", "observed_at"]
        AsanaUser.objects.bulk_update(changed, columns, batch_size=500)

    def _projects(self, listed: ProjectList) -> None:
        known = {project.gid: project for project in self._connection.projects.all()}
        new: list[Project] = []
        changed: list[Project] = []
        for gid, record in listed.records.items():
            project = known.get(gid) or Project(connection=self._connection, gid=gid)
            told = (record.name, record.archived, record.created_at, None)
            have = (project.name, project.archived, project.created_at, project.deleted_at)
            if project.pk and told == have:
                continue
            project.name, project.archived, project.created_at, project.deleted_at = told
            project.observed_at = listed.sent_at
            (changed if project.pk else new).append(project)
        for gid in listed.gone:
            known[gid].deleted_at = listed.sent_at
            changed.append(known[gid])
        Project.objects.bulk_create(new, batch_size=500)
        columns = ["name", "archived", "created_at", "deleted_at", "observed_at"]
        Project.objects.bulk_update(changed, columns, batch_size=500)


def _things(answer: Answer) -> Iterator[dict[str, Any]]:
    return (raw for raw in answer.data if isinstance(raw, dict) and raw.get("gid"))
