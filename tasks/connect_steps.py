"""The steps in which Asana is set up, and at which of them we are, told by what the tables hold."""

from dataclasses import dataclass
from functools import cached_property

from godview.translating.later import later
from tasks.models import AsanaConnection, SyncRun

STEPS = {
    "token": later("Permission"),
    "workspace": later("Workspace"),
    "projects": later("Projects"),
    "users": later("People"),
    "read": later("First read"),
    "report": later("Report"),
}


@dataclass(frozen=True)
class Step:
    name: str
    title: str
    is_open: bool


class SetUp:
    """A workspace that is not chosen yet (`draft`), and the connection that is set up or works."""

    @cached_property
    def draft(self) -> AsanaConnection | None:
        return AsanaConnection.objects.filter(workspace_gid="").first()

    @cached_property
    def connection(self) -> AsanaConnection | None:
        """What is read is never hidden by what is not."""
        tied = AsanaConnection.objects.tied()
        return min(tied, key=lambda one: (not one.is_working, not one.is_new), default=None)

    @cached_property
    def last_run(self) -> SyncRun | None:
        return self.connection.runs.first() if self.connection else None

    @cached_property
    def first_read(self) -> SyncRun | None:
        """The last read of everything that a person can be told about."""
        if self.connection is None or self.connection.is_new:
            return None
        runs = self.connection.runs
        return runs.filter(full=True).first() or runs.first()

    @cached_property
    def is_listed(self) -> bool:
        """Whether all projects and people are known, so that somebody can say whose they are."""
        if self.connection is None or not self.connection.projects.exists():
            return False
        is_listing = self.connection.is_new and self.last_run and not self.last_run.is_finished
        return not is_listing

    @property
    def at(self) -> str:
        """The step to go on with."""
        connection = self.connection
        if self.draft:
            return "workspace" if self.draft.token else "token"
        if connection is None or connection.status_reason:
            return "token"
        if connection.is_new:
            return self._mapping_left(connection)
        return "report" if connection.read_at else "read"

    def _mapping_left(self, connection: AsanaConnection) -> str:
        if not self.is_listed or connection.projects.unmatched().exists():
            return "projects"
        return "users" if connection.asana_users.unmatched().exists() else "read"

    def may_open(self, name: str) -> bool:
        if name == "token":
            return True
        if name == "workspace":
            return bool(self.draft and self.draft.token)
        if self.connection is None:
            return False
        return {
            "projects": True,
            "users": self.is_listed,
            "read": self.is_listed,
            "report": self.first_read is not None,
        }[name]

    def steps(self) -> list[Step]:
        return [Step(name, title, self.may_open(name)) for name, title in STEPS.items()]
