"""Records as Asana shows them: compact by default, and exactly what `opt_fields` asks for."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from tests.asana_double.records import Project, Section, Task, User, Workspace
from tests.asana_double.state import State

Resource = Workspace | User | Project | Section | Task
Tree = dict[str, Any]

NAMED: Tree = {"name": {}, "resource_type": {}}
COMPACT: dict[str, Tree] = {
    "task": {**NAMED, "resource_subtype": {}},
    "user": NAMED,
    "project": NAMED,
    "section": NAMED,
    "workspace": NAMED,
}
FULL: dict[str, Tree] = {
    "task": {
        **COMPACT["task"],
        **{
            name: {}
            for name in [
                "approval_status",
                "completed",
                "completed_at",
                "created_at",
                "modified_at",
                "due_on",
                "due_at",
                "start_on",
                "start_at",
                "notes",
            ]
        },
        "assignee": NAMED,
        "parent": COMPACT["task"],
        "memberships": {"project": NAMED, "section": NAMED},
        "projects": NAMED,
        "workspace": NAMED,
        "permalink_url": {},
    },
    "user": {**NAMED, "email": {}, "workspaces": NAMED},
    "project": {
        **NAMED,
        **{
            n: {}
            for n in [
                "archived",
                "color",
                "created_at",
                "modified_at",
                "due_on",
                "start_on",
                "notes",
            ]
        },
        "completed": {},
        "owner": NAMED,
        "workspace": NAMED,
        "permalink_url": {},
    },
    "section": {**NAMED, "created_at": {}, "project": NAMED},
    "workspace": {**NAMED, "is_organization": {}, "email_domains": {}},
}


@lru_cache(maxsize=64)
def wanted(opt_fields: str) -> Tree:
    """`a,b.c` as a tree: what is named and what is named inside it."""
    tree: Tree = {}
    for path in opt_fields.split(","):
        branch = tree
        for name in path.strip().split("."):
            branch = branch.setdefault(name, {})
    return tree


def shown(state: State, resource: Resource, tree: Tree) -> dict[str, Any]:
    """One resource with the fields of the tree. Unknown names are passed over, as Asana does."""
    answer: dict[str, Any] = {"gid": resource.gid}
    computed = COMPUTED[resource.resource_type]
    for name, branch in tree.items():
        if name in computed:
            value = computed[name](state, resource)
            # Asana leaves the status out for what is not an approval.
            if name == "approval_status" and value is None:
                continue
        elif name in PLAIN[resource.resource_type]:
            value = getattr(resource, name)
        else:
            continue
        answer[name] = _inside(state, value, branch)
    return answer


def _inside(state: State, value: Any, branch: Tree) -> Any:
    if isinstance(value, list):
        return [_inside(state, item, branch) for item in value]
    if isinstance(value, Home):
        return {
            key: _inside(state, part, branch[key] if branch else NAMED)
            for key, part in value.items()
            if not branch or key in branch
        }
    if hasattr(value, "resource_type"):
        return shown(state, value, branch or {"resource_type": {}})
    return value


class Home(dict[str, Resource | None]):
    """One membership of a task: a project and a section in it."""


def _homes(state: State, task: Task) -> list[Home]:
    return [
        Home(
            project=state.projects[project],
            section=state.sections.get(section) if section else None,
        )
        for project, section in task.homes.items()
    ]


def _live_subtasks(state: State, task: Task) -> int:
    return sum(1 for gid in task.subtasks if not state.tasks[gid].trashed_at)


Getter = Callable[[State, Any], Any]

PLAIN: dict[str, frozenset[str]] = {
    "task": frozenset(
        [
            "name",
            "resource_type",
            "resource_subtype",
            "approval_status",
            "completed_at",
            "created_at",
            "modified_at",
            "due_on",
            "due_at",
            "start_on",
            "start_at",
            "notes",
        ]
    ),
    "user": frozenset(["name", "resource_type", "email"]),
    "project": frozenset(
        [
            "name",
            "resource_type",
            "archived",
            "color",
            "created_at",
            "modified_at",
            "due_on",
            "start_on",
            "notes",
        ]
    ),
    "section": frozenset(["name", "resource_type", "created_at"]),
    "workspace": frozenset(["name", "resource_type"]),
}
COMPUTED: dict[str, dict[str, Getter]] = {
    "task": {
        "approval_status": lambda state, task: task.approval_status,
        "completed": lambda state, task: task.completed_at is not None,
        "assignee": lambda state, task: state.users.get(task.assignee),
        "completed_by": lambda state, task: state.users.get(task.completed_by),
        "parent": lambda state, task: state.tasks.get(task.parent),
        "memberships": _homes,
        "projects": lambda state, task: [state.projects[gid] for gid in task.homes],
        "num_subtasks": _live_subtasks,
        "workspace": lambda state, task: state.workspaces[task.workspace],
        "permalink_url": lambda state, task: f"https://app.asana.com/0/0/{task.gid}",
    },
    "user": {"workspaces": lambda state, user: [state.workspaces[user.workspace]]},
    "project": {
        "completed": lambda state, project: False,
        "owner": lambda state, project: state.users.get(project.owner),
        "workspace": lambda state, project: state.workspaces[project.workspace],
        "permalink_url": lambda state, project: f"https://app.asana.com/0/{project.gid}/list",
    },
    "section": {"project": lambda state, section: state.projects[section.project]},
    "workspace": {
        "is_organization": lambda state, workspace: True,
        "email_domains": lambda state, workspace: [],
    },
}
