"""Tasks as Asana shows them, into our tables. Storing the same twice writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from tasks.asana.payload import TaskRecord, spelled
from tasks.models import AsanaConnection, Membership, Task
from tasks.sync.directory import Directory
from tasks.sync.upsert import Upsert, chunks, rows_where_in

COLUMNS = (
    "connection_id",
    "gid",
    "name",
    "kind",
    "approval_status",
    "assignee_id",
    "parent_id",
    "subtask_count",
    "start_on",
    "due_on",
    "due_at",
    "completed_at",
    "completed_on",
    "created_at",
    "modified_at",
    "first_due_on",
    "first_due_at",
    "first_seen_at",
    "content_hash",
    "observed_at",
)


KNOWN = (
    "SELECT gid, id, content_hash, deleted_at IS NOT NULL OR missing_since IS NOT NULL "
    "FROM tasks_task WHERE gid IN"
)

# What Asana said of a task, and when we had asked.
Told = tuple[TaskRecord, datetime]


@dataclass(frozen=True, slots=True)
class Known:
    """What we have of a task already."""

    pk: int
    content_hash: str
    is_marked: bool  # a tombstone, or looked for because it was missing


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a page did: the row of every task on it, and how many were written."""

    ids: dict[str, int]
    written: int


class TaskStore:
    """Writes tasks and their places. Runs and drains of a connection take turns, by its row.

    On PostgreSQL they would otherwise lock tasks in crossing orders; SQLite has one writer anyway.
    """

    def __init__(self, asana: AsanaConnection, directory: Directory) -> None:
        self._connection_id = asana.pk
        self._directory = directory
        self._upsert_tasks = Upsert(
            Task,
            COLUMNS,
            ["gid"],
            insert_only=["connection_id", "first_seen_at"],
            keep_first=["first_due_on", "first_due_at"],
            clear=["deleted_at", "missing_since", "subtasks_read_at"],
            newer="observed_at",
            returning=["gid", "id"],
        )
        self._upsert_memberships = Upsert(
            Membership,
            ["task_id", "project_id", "section_id", "inherited"],
            ["task_id", "project_id"],
        )

    def store(self, answers: Iterable[tuple[Iterable[TaskRecord], datetime]]) -> Stored:
        """The tasks of answers, each with when it was asked for. Older news changes nothing."""
        told: dict[str, Told] = {}
        for records, sent_at in answers:
            for record in records:
                other = told.get(record.gid)
                if other is None or other[1] <= sent_at:
                    told[record.gid] = record, sent_at
        if not told:
            return Stored({}, 0)
        self._take_turn()
        known = self._known(told)
        changed = [one for one in told.values() if _is_news(one, known)]
        ids = {gid: row.pk for gid, row in known.items()}
        if not changed:
            return Stored(ids, 0)
        self._directory.learn(changed)
        written = self._write(changed, ids)
        self._place([record for record, _ in changed if record.gid in written], written, known)
        return Stored(ids | written, len(written))

    def _take_turn(self) -> None:
        if connection.features.has_select_for_no_key_update:
            row = AsanaConnection.objects.select_for_update(no_key=True)
            row.filter(pk=self._connection_id).values_list("pk", flat=True).first()

    def _known(self, gids: Iterable[str]) -> dict[str, Known]:
        rows = rows_where_in(KNOWN, gids)
        return {gid: Known(pk, content, bool(marked)) for gid, pk, content, marked in rows}

    def _write(self, changed: list[Told], ids: dict[str, int]) -> dict[str, int]:
        parents = self._parents([record for record, _ in changed], ids)
        users = self._directory.users
        sent = {sent_at: spelled(sent_at) for sent_at in {sent_at for _, sent_at in changed}}
        rows = [
            (
                self._connection_id,
                record.gid,
                record.name,
                record.kind,
                record.approval_status,
                users[record.assignee] if record.assignee else None,
                parents.get(record.parent) if record.parent else None,
                record.subtask_count,
                record.start_on,
                record.due_on,
                record.due_at,
                record.completed_at,
                record.completed_on,
                record.created_at,
                record.modified_at,
                record.due_on,
                record.due_at,
                sent[sent_at],
                record.content_hash,
                sent[sent_at],
            )
            for record, sent_at in changed
        ]
        return dict(self._upsert_tasks(rows))

    def _parents(self, records: list[TaskRecord], ids: dict[str, int]) -> dict[str, int]:
        """Rows of the parents that these tasks name. An unknown one follows when it is read."""
        wanted = {record.parent for record in records if record.parent}
        found = {gid: ids[gid] for gid in wanted if gid in ids}
        if missing := wanted - found.keys():
            found |= dict(Task.objects.filter(gid__in=missing).values_list("gid", "pk"))
        return found

    def _place(
        self, records: list[TaskRecord], ids: dict[str, int], known: dict[str, Known]
    ) -> None:
        """Put each task exactly where Asana says it stands."""
        projects, sections = self._directory.projects, self._directory.sections
        wanted = {
            (ids[record.gid], projects[home.project]): (
                sections[home.section][0] if home.section else None
            )
            for record in records
            for home in record.homes
        }
        before = [ids[record.gid] for record in records if record.gid in known]
        if before:
            self._leave(before, wanted)
        self._upsert_memberships(
            [(task, project, section, False) for (task, project), section in wanted.items()]
        )

    def _leave(self, tasks: list[int], wanted: dict[tuple[int, int], int | None]) -> None:
        """Drop the places that these tasks no longer have; keep those that are as they were."""
        left = []
        for part in chunks(tasks):
            places = Membership.objects.filter(task__in=part, inherited=False)
            for pk, task, project, section in places.values_list(
                "pk", "task_id", "project_id", "section_id"
            ):
                if (task, project) not in wanted:
                    left.append(pk)
                elif wanted[task, project] == section:
                    del wanted[task, project]
        for part in chunks(left):
            Membership.objects.filter(pk__in=part).delete()


def _is_news(told: Told, known: dict[str, Known]) -> bool:
    row = known.get(told[0].gid)
    return row is None or row.is_marked or row.content_hash != told[0].content_hash


def mark_missing(tasks: Iterable[int], since: datetime) -> None:
    """Remember that these were not where they should be; the last phase of the run asks why."""
    for part in chunks(tasks):
        Task.objects.filter(Q(missing_since=None), pk__in=part).update(missing_since=since)
