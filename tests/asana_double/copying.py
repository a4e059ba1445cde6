"""Duplicates of tasks, as Asana makes them: with what was asked for, and a story that says so."""

from typing import Any

from tests.asana_double.records import Job, Task
from tests.asana_double.state import State

COLUMNS = {
    "notes": ["notes"],
    "assignee": ["assignee"],
    "dates": ["due_on", "due_at", "start_on", "start_at"],
}


def duplicate(state: State, task: Task, name: str | None, include: list[str]) -> Job:
    """The copy is made at once; the job only pretends to take its time."""
    copy = _copy(state, task, name or f"Duplicate of {task.name}", include)
    job = Job(state.new_gid(), "duplicate_task", copy.gid)
    state.jobs[job.gid] = job
    return job


def _copy(state: State, task: Task, name: str, include: list[str]) -> Task:
    fields: dict[str, Any] = {"resource_subtype": task.resource_subtype}
    for part in include:
        fields |= {column: getattr(task, column) for column in COLUMNS.get(part, [])}
    if task.resource_subtype == "approval":
        fields["approval_status"] = "pending"
    homes = list(task.homes) if "projects" in include else None
    parent = task.parent if "parent" in include else None
    copy = state.add_task(name, homes, parent, **fields)
    state.diary.write(copy, "duplicated", links={"duplicated_from": task.gid})
    if "subtasks" in include:
        for gid in list(task.subtasks):
            below = state.tasks[gid]
            made = _copy(state, below, below.name, [*COLUMNS, "subtasks"])
            state.set_parent(made, copy)
    return copy
