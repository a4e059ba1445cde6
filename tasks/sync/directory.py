"""Who and what tasks refer to: Asana's gids of people, projects and sections, as our rows."""

from collections.abc import Sequence
from datetime import datetime

from tasks.asana.payload import Home, TaskRecord
from tasks.models import AsanaConnection, AsanaUser, Project, Section
from tasks.sync.upsert import Upsert


class Directory:
    """Kept in memory for one stretch of work; what a task names and we lack is added."""

    def __init__(self, connection: AsanaConnection) -> None:
        self.connection = connection
        self.users: dict[str, int] = dict(AsanaUser.objects.values_list("gid", "pk"))
        self.projects: dict[str, int] = dict(Project.objects.values_list("gid", "pk"))
        self.sections: dict[str, tuple[int, str]] = {
            gid: (pk, name) for gid, pk, name in Section.objects.values_list("gid", "pk", "name")
        }
        columns = ["gid", "name", "project_id"]
        self._upsert_sections = Upsert(Section, columns, ["gid"], returning=["gid", "id"])

    def learn(self, told: Sequence[tuple[TaskRecord, datetime]]) -> None:
        """Add whatever these tasks refer to for the first time, and renamed sections."""
        users: dict[str, str] = {}
        projects: set[str] = set()
        sections: dict[str, Home] = {}
        for record, _ in told:
            if record.assignee and record.assignee not in self.users:
                users[record.assignee] = record.assignee_name
            for home in record.homes:
                if home.project not in self.projects:
                    projects.add(home.project)
                if home.section and self._section_is_news(home.section, home.section_name):
                    sections[home.section] = home
        seen_at = told[0][1]
        if users:
            self._add_users(users, seen_at)
        if projects:
            self._add_projects(projects, seen_at)
        if sections:
            self._add_sections(sections)

    def _section_is_news(self, gid: str, name: str) -> bool:
        known = self.sections.get(gid)
        return known is None or (known[1] != name and bool(name))

    def _add_users(self, names: dict[str, str], seen_at: datetime) -> None:
        """People who left the workspace still have tasks: Asana names them, but lists them not."""
        AsanaUser.objects.bulk_create(
            [
                AsanaUser(
                    connection=self.connection,
                    gid=gid,
                    name=name,
                    observed_at=seen_at,
                    deleted_at=seen_at,
                )
                for gid, name in names.items()
            ],
            ignore_conflicts=True,
        )
        self.users.update(AsanaUser.objects.filter(gid__in=names).values_list("gid", "pk"))

    def _add_projects(self, gids: set[str], seen_at: datetime) -> None:
        """Their names follow with the next list of projects."""
        Project.objects.bulk_create(
            [Project(connection=self.connection, gid=gid, observed_at=seen_at) for gid in gids],
            ignore_conflicts=True,
        )
        self.projects.update(Project.objects.filter(gid__in=gids).values_list("gid", "pk"))

    def _add_sections(self, homes: dict[str, Home]) -> None:
        rows = [
            (gid, home.section_name, self.projects[home.project]) for gid, home in homes.items()
        ]
        for gid, pk in self._upsert_sections(rows):
            self.sections[gid] = pk, homes[gid].section_name
