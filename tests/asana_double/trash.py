"""The trash: what is deleted waits there for thirty days."""

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.asana_double.clock import parse
from tests.asana_double.errors import not_found
from tests.asana_double.records import Project, Task

if TYPE_CHECKING:
    from tests.asana_double.clock import Clock
    from tests.asana_double.witness import Witness

TRASH_DAYS = 30


class Trash:
    """The part of the state that takes tasks away and gives them back."""

    clock: "Clock"
    witness: "Witness"
    projects: dict[str, Project]
    tasks: dict[str, Task]
    changes: int

    def delete_task(self, task: Task) -> None:
        """Into the trash, with its subtasks: listed nowhere, 404 when asked for."""
        self.changes += 1
        self.witness.task(task, "deleted")
        now = self.clock.iso()
        for gone in self.family(task):
            gone.trashed_at = now
            gone.version += 1
        if task.parent:
            self.tasks[task.parent].version += 1

    def undelete_task(self, task: Task) -> None:
        """Back from the trash under the same gid; only a person in Asana's own pages can."""
        self.purge_trash()
        if task.gid not in self.tasks:
            raise not_found("task", task.gid)
        self.changes += 1
        when = task.trashed_at
        for back in self.family(task):
            if back.trashed_at == when:
                back.trashed_at = None
                back.modified_at = self.clock.iso()
                back.version += 1
        if task.parent:
            self.tasks[task.parent].version += 1
        self.witness.task(task, "undeleted")

    def purge_trash(self) -> None:
        """After thirty days what is in the trash is gone for ever."""
        before = self.clock.now() - timedelta(days=TRASH_DAYS)
        for task in list(self.tasks.values()):
            if task.trashed_at and parse(task.trashed_at) < before:
                for project in task.homes:
                    self.projects[project].ranks.pop(task.gid, None)
                if task.parent in self.tasks:
                    self.tasks[task.parent].subtasks.remove(task.gid)
                del self.tasks[task.gid]
                self.changes += 1

    def family(self, task: Task) -> list[Task]:
        """The task and everything under it, each once, even when parents form a ring."""
        found, waiting = {}, [task.gid]
        while waiting:
            gid = waiting.pop()
            if gid not in found:
                found[gid] = self.tasks[gid]
                waiting += found[gid].subtasks
        return list(found.values())
