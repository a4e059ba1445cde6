"""The workspace that the double pretends to be, and everything that people do in it."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.asana_double.clock import Clock
from tests.asana_double.errors import bad_request, not_found
from tests.asana_double.events import Journal
from tests.asana_double.records import Grant, Job, Project, Section, Task, User, Webhook, Workspace
from tests.asana_double.stories import Diary
from tests.asana_double.trash import Trash
from tests.asana_double.witness import Witness

RANK_STEP = 1_000_000
TASK_COLUMNS = (
    "name",
    "resource_subtype",
    "approval_status",
    "assignee",
    "due_on",
    "due_at",
    "start_on",
    "start_at",
    "notes",
)


class State(Trash):
    def __init__(self, clock: Clock | None = None, seed: int = 1) -> None:
        self.clock = clock or Clock()
        self.first_gid = 1_200_000_000_000_000 + seed * 1_000_000_000
        self._gids = itertools.count(self.first_gid)
        self.workspaces: dict[str, Workspace] = {}
        self.users: dict[str, User] = {}
        self.projects: dict[str, Project] = {}
        self.sections: dict[str, Section] = {}
        self.tasks: dict[str, Task] = {}
        self.names_version = 0  # grows when something that tasks name is renamed
        self.changes = 0
        self.jobs: dict[str, Job] = {}
        self.webhooks: dict[str, Webhook] = {}
        self.grants: dict[str, Grant] = {}
        self.actor: str | None = None  # whoever does what happens now; None is Asana itself
        self.reader = ""  # the token that reads now: stories are told in its user's language
        self.journal = Journal(self.clock, seed)
        self.diary = Diary(self)
        self.witness = Witness(self)
        self._listings: dict[str, tuple[tuple[int, int], list[tuple[int, Task]]]] = {}
        self.workspace = self.add_workspace("Demo agency")

    def new_gid(self) -> str:
        return str(next(self._gids))

    @contextmanager
    def acting(self, user: str | None) -> Iterator[None]:
        """What happens inside is done by this user."""
        before, self.actor = self.actor, user
        try:
            yield
        finally:
            self.actor = before

    @contextmanager
    def read_by(self, token: str) -> Iterator[None]:
        before, self.reader = self.reader, token
        try:
            yield
        finally:
            self.reader = before

    # -- looking up ---------------------------------------------------------------------------

    def anything(self, gid: str) -> Any:
        kinds = (self.tasks, self.projects, self.sections, self.users, self.diary.stories)
        return next((kind[gid] for kind in kinds if gid in kind), None)

    def project(self, gid: str) -> Project:
        if gid not in self.projects:
            raise not_found("project", gid)
        return self.projects[gid]

    def section(self, gid: str) -> Section:
        if gid not in self.sections:
            raise not_found("section", gid)
        return self.sections[gid]

    def task(self, gid: str) -> Task:
        task = self.tasks.get(gid)
        if task is None or task.trashed_at:
            raise not_found("task", gid)
        return task

    def user(self, reference: str) -> User:
        if reference in self.users:
            return self.users[reference]
        for user in self.users.values():
            if user.email == reference:
                return user
        raise not_found("user", reference)

    # -- people, projects, sections -----------------------------------------------------------

    def add_workspace(self, name: str) -> Workspace:
        workspace = Workspace(self.new_gid(), name)
        self.workspaces[workspace.gid] = workspace
        return workspace

    def add_user(self, name: str, email: str, gid: str | None = None) -> User:
        self.changes += 1
        user = User(gid or self.new_gid(), name, email, self.workspace.gid)
        self.users[user.gid] = user
        self.names_version += 1
        return user

    def remove_user(self, gid: str) -> None:
        self.changes += 1
        self.users.pop(gid)
        self.names_version += 1

    def add_project(self, name: str, sections: list[str] | None = None, **fields: Any) -> Project:
        self.changes += 1
        now = self.clock.iso()
        fields = {"created_at": now, "modified_at": now, "workspace": self.workspace.gid, **fields}
        project = Project(gid=fields.pop("gid", None) or self.new_gid(), name=name, **fields)
        self.projects[project.gid] = project
        for section in sections or ["Untitled section"]:
            self.add_section(project, section)
        self.witness.project(project, "added")
        return project

    def change_project(self, project: Project, fields: dict[str, Any]) -> None:
        self.changes += 1
        for name in ("name", "archived", "notes", "color", "due_on", "start_on", "owner"):
            if name in fields and getattr(project, name) != fields[name]:
                setattr(project, name, fields[name])
                self.witness.project(project, "changed", name)
        project.modified_at = self.clock.iso()
        self.names_version += 1

    def delete_project(self, project: Project) -> None:
        """Its tasks live on, in their other projects or in none."""
        self.changes += 1
        self.witness.project(project, "deleted")
        for gid in list(project.ranks):
            self._take_out(self.tasks[gid], project)
        for gid in project.sections:
            del self.sections[gid]
        del self.projects[project.gid]

    def add_section(self, project: Project, name: str) -> Section:
        self.changes += 1
        section = Section(self.new_gid(), name, project.gid, self.clock.iso())
        self.sections[section.gid] = section
        project.sections.append(section.gid)
        self.witness.section_added(project, section)
        return section

    # -- tasks --------------------------------------------------------------------------------

    def add_task(
        self,
        name: str,
        projects: list[str] | None = None,
        parent: str | None = None,
        **fields: Any,
    ) -> Task:
        self.changes += 1
        now = self.clock.iso()
        created = fields.get("created_at") or now
        task = Task(
            gid=fields.get("gid") or self.new_gid(),
            name=name,
            workspace=self.workspace.gid,
            created_at=created,
            modified_at=fields.get("modified_at") or now,
        )
        self.tasks[task.gid] = task
        self._set_columns(task, fields)
        if fields.get("completed_at") or fields.get("completed"):
            task.completed_at = fields.get("completed_at") or now
        for gid in projects or []:
            self.add_to_project(task, self.project(gid))
        if parent:
            self.set_parent(task, self.task(parent))
        if task.assignee:
            self.diary.write(task, "assigned", links={"assignee": task.assignee})
        return task

    def change_task(self, task: Task, fields: dict[str, Any]) -> None:
        self.changes += 1
        before = self.witness.seen(task)
        self._set_columns(task, fields)
        self._complete(task, fields)
        task.modified_at = self.clock.iso()
        task.version += 1
        self.witness.changed(task, before)

    def _complete(self, task: Task, fields: dict[str, Any]) -> None:
        """An approval's status and its completion keep step, as in Asana."""
        completed = fields.get("completed")
        if "approval_status" in fields and completed is None:
            completed = fields["approval_status"] not in (None, "pending")
        if completed is None or completed == (task.completed_at is not None):
            return
        task.completed_at = self.clock.iso() if completed else None
        task.completed_by = self.actor if completed else None
        if task.resource_subtype == "approval" and "approval_status" not in fields:
            task.approval_status = "approved" if completed else "pending"

    def _set_columns(self, task: Task, fields: dict[str, Any]) -> None:
        for column in TASK_COLUMNS:
            if column in fields:
                setattr(task, column, fields[column])
        if task.assignee:
            task.assignee = self.user(task.assignee).gid
        if fields.get("due_at"):
            task.due_on = fields["due_at"][:10]
        elif "due_on" in fields:
            task.due_at = None

    def set_parent(self, task: Task, parent: Task | None) -> None:
        self.changes += 1
        if task.parent:
            above = self.tasks[task.parent]
            self.witness.task(task, "removed", above)
            above.subtasks.remove(task.gid)
            above.version += 1
        task.parent = parent.gid if parent else None
        task.version += 1
        if parent:
            parent.subtasks.append(task.gid)
            parent.version += 1
            self.witness.task(task, "added", parent)

    def add_to_project(
        self, task: Task, project: Project, section: str | None = None, first: bool = False
    ) -> None:
        """The task's own modified_at does not change: Asana's does not either."""
        self.changes += 1
        if section and section not in project.sections:
            raise bad_request("section: Not a section of this project")
        if first:
            project.top -= RANK_STEP
        else:
            project.bottom += RANK_STEP
        was = task.homes.get(project.gid)
        project.ranks[task.gid] = project.top if first else project.bottom
        task.homes[project.gid] = section or project.sections[0]
        task.version += 1
        self._tell_of_home(task, project, was)

    def _tell_of_home(self, task: Task, project: Project, was: str | None) -> None:
        now = self.sections[task.homes[project.gid] or ""]
        if was is None:
            self.witness.task(task, "added", project)
            self.diary.write(task, "added_to_project", links={"project": project.gid})
        elif was != now.gid:
            self.witness.task(task, "removed", self.sections.get(was))
            links: dict[str, str | None] = {"old_section": was, "new_section": now.gid}
            self.diary.write(task, "section_changed", links=links)
        if was != now.gid:
            self.witness.task(task, "added", now)

    def remove_from_project(self, task: Task, project: Project) -> None:
        self.changes += 1
        at_home = project.gid in task.homes
        self._take_out(task, project)
        if at_home:
            self.witness.task(task, "removed", project, also=project.gid)
            self.diary.write(task, "removed_from_project", links={"project": project.gid})

    def _take_out(self, task: Task, project: Project) -> None:
        project.ranks.pop(task.gid, None)
        task.homes.pop(project.gid, None)
        task.version += 1

    def tasks_of(self, project: Project) -> list[tuple[int, Task]]:
        """In the project's order; trashed tasks are not listed. Sorted anew only after a change."""
        version = (self.changes, len(project.ranks))
        known = self._listings.get(project.gid)
        if known is None or known[0] != version:
            ranked = sorted((rank, gid) for gid, rank in project.ranks.items())
            tasks = ((rank, self.tasks[gid]) for rank, gid in ranked)
            known = (version, [(rank, task) for rank, task in tasks if not task.trashed_at])
            self._listings[project.gid] = known
        return known[1]
