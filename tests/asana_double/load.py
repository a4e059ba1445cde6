"""Many people, projects and tasks at once, as the demo's seeding sends them."""

from typing import Any

from tests.asana_double.records import Project
from tests.asana_double.state import State


def load(state: State, document: dict[str, Any]) -> dict[str, Any]:
    """Without stories: nobody did all this one by one."""
    state.diary.quiet = True
    try:
        return _loaded(state, document)
    finally:
        state.diary.quiet = False


def _loaded(state: State, document: dict[str, Any]) -> dict[str, Any]:
    before = len(state.tasks)
    users = {}
    by_email = {user.email: user.gid for user in state.users.values()}
    for user in document.get("users", []):
        gid = by_email.get(user["email"])
        users[user["email"]] = gid or state.add_user(**user).gid
    by_email.update(users)
    projects = {}
    for entry in document.get("projects", []):
        fields = dict(entry)
        tasks = fields.pop("tasks", [])
        project = state.add_project(**fields)
        projects[project.name] = project.gid
        sections = {state.sections[gid].name: gid for gid in project.sections}
        for task in tasks:
            _add(state, task, project, sections, by_email)
    return {"users": users, "projects": projects, "tasks": len(state.tasks) - before}


def _add(
    state: State,
    entry: dict[str, Any],
    project: Project | None,
    sections: dict[str, str],
    by_email: dict[str, str],
    parent: str | None = None,
) -> None:
    fields = dict(entry)
    subtasks = fields.pop("subtasks", [])
    section = fields.pop("section", None)
    if fields.get("assignee"):
        fields["assignee"] = by_email.get(fields["assignee"], fields["assignee"])
    fields.setdefault("modified_at", fields.get("completed_at") or fields.get("created_at"))
    task = state.add_task(fields.pop("name"), parent=parent, **fields)
    if project:
        if section and section not in sections:
            sections[section] = state.add_section(project, section).gid
        state.add_to_project(task, project, sections.get(section or ""))
    for subtask in subtasks:
        _add(state, subtask, None, sections, by_email, parent=task.gid)
