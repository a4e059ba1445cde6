"""Sees every deed and tells of it twice: as an event, and as a story of the task."""

from typing import TYPE_CHECKING, Any

from tests.asana_double.records import Project, Section, Story, Task

if TYPE_CHECKING:
    from tests.asana_double.state import State

DATES = ("due_on", "due_at", "start_on")
Reference = dict[str, str]


class Witness:
    def __init__(self, state: "State") -> None:
        self.state = state

    # -- events -------------------------------------------------------------------------------

    def reach(self, task: Task) -> list[str]:
        """The task, its parents, and the projects of them all: who hears of it."""
        heard: dict[str, None] = {}
        above: Task | None = task
        while above is not None and above.gid not in heard:
            heard[above.gid] = None
            heard.update(dict.fromkeys(above.homes))
            above = self.state.tasks.get(above.parent or "")
        return list(heard)

    def tell(
        self,
        kind: str,
        gid: str,
        action: str,
        reaches: list[str],
        parent: Reference | None = None,
        change: dict[str, Any] | None = None,
    ) -> None:
        actor = self.state.actor
        event: dict[str, Any] = {
            "user": {"gid": actor, "resource_type": "user"} if actor else None,
            "created_at": self.state.clock.iso(),
            "type": kind,
            "action": action,
            "resource": {"gid": gid, "resource_type": kind},
            "parent": parent,
        }
        if change:
            event["change"] = change
        self.state.journal.record(event, reaches)

    def task(self, task: Task, action: str, parent: Any = None, also: str | None = None) -> None:
        """Something befell the whole task: `also` names who hears of it besides."""
        if not self.state.journal.followed:
            return
        reaches = self.reach(task) + ([also] if also else [])
        self.tell("task", task.gid, action, list(dict.fromkeys(reaches)), _reference(parent))

    def project(self, project: Project, action: str, field: str = "") -> None:
        change = {"field": field, "action": "changed"} if field else None
        if self.state.journal.followed:
            self.tell("project", project.gid, action, [project.gid], change=change)

    def section_added(self, project: Project, section: Section) -> None:
        if self.state.journal.followed:
            self.tell("section", section.gid, "added", [project.gid], _reference(project))

    def story_added(self, task: Task, story: Story) -> None:
        if self.state.journal.followed:
            self.tell("story", story.gid, "added", self.reach(task), _reference(task))

    def story_deleted(self, task: Task, story: Story) -> None:
        if self.state.journal.followed:
            self.tell("story", story.gid, "deleted", self.reach(task))

    # -- changes of a task --------------------------------------------------------------------

    def changed(self, task: Task, before: dict[str, Any]) -> None:
        after = self.seen(task)
        fields = [name for name, value in after.items() if before[name] != value]
        for name in fields:
            self._event(task, name, after[name])
        self._stories(task, before, after, set(fields))

    def seen(self, task: Task) -> dict[str, Any]:
        """What of a task is worth telling when it changes."""
        return {
            "name": task.name,
            "notes": task.notes,
            "assignee": task.assignee,
            "completed": task.completed_at is not None,
            "approval_status": task.approval_status,
            "resource_subtype": task.resource_subtype,
            "due_on": task.due_on,
            "due_at": task.due_at,
            "start_on": task.start_on,
        }

    def _event(self, task: Task, field: str, value: Any) -> None:
        if not self.state.journal.followed:
            return
        change: dict[str, Any] = {"field": field, "action": "changed"}
        if field == "assignee" and value:
            change["new_value"] = {"gid": value, "resource_type": "user"}
        self.tell("task", task.gid, "changed", self.reach(task), change=change)

    def _stories(
        self, task: Task, before: dict[str, Any], after: dict[str, Any], fields: set[str]
    ) -> None:
        write = self.state.diary.write
        if fields & {"due_on", "due_at"}:
            old, new = ({name: seen[name] for name in DATES} for seen in (before, after))
            write(task, "due_date_changed", {"old_dates": old, "new_dates": new})
        elif "start_on" in fields:
            old, new = ({name: seen[name] for name in DATES} for seen in (before, after))
            write(task, "start_date_changed", {"old_dates": old, "new_dates": new})
        if "completed" in fields:
            write(task, "marked_complete" if after["completed"] else "marked_incomplete")
        if "name" in fields:
            write(task, "name_changed", {"old_name": before["name"], "new_name": after["name"]})
        if "notes" in fields:
            write(task, "notes_changed")
        if "approval_status" in fields and after["approval_status"]:
            old = before["approval_status"] or "pending"
            status = {"old_approval_status": old, "new_approval_status": after["approval_status"]}
            write(task, "approval_status_changed", status)
        if "assignee" in fields:
            subtype = "assigned" if after["assignee"] else "unassigned"
            write(task, subtype, links={"assignee": after["assignee"]})


def _reference(resource: Any) -> Reference | None:
    if resource is None:
        return None
    return {"gid": resource.gid, "resource_type": resource.resource_type}
