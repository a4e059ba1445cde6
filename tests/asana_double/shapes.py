"""Records as Asana shows them: compact by default, and exactly what `opt_fields` asks for."""

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import Any

from tests.asana_double.clock import iso, parse
from tests.asana_double.records import Job, Project, Section, Story, Task, User, Webhook, Workspace
from tests.asana_double.state import State
from tests.asana_double.trees import COMPACT, FULL, NAMED, Tree

__all__ = ["COMPACT", "FULL", "Resource", "Tree", "shown", "wanted"]

Resource = Workspace | User | Project | Section | Task | Story | Webhook | Job


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
            if value is ABSENT:
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
    if isinstance(value, dict) and branch:
        return {name: part for name, part in value.items() if name in branch}
    if hasattr(value, "resource_type"):
        return shown(state, value, branch or {"resource_type": {}})
    return value


class Home(dict[str, Resource | None]):
    """One membership of a task: a project and a section in it."""


ABSENT = object()  # a field that this resource does not have at all


def _story_detail(name: str) -> "Getter":
    return lambda state, story: story.details.get(name, ABSENT)


def _story_link(name: str) -> "Getter":
    def linked(state: State, story: Story) -> Any:
        return state.anything(story.links[name] or "") if name in story.links else ABSENT

    return linked


def _if_there(name: str) -> "Getter":
    return lambda state, resource: (
        ABSENT if getattr(resource, name) is None else getattr(resource, name)
    )


def _deleted_at(state: State, webhook: Webhook) -> Any:
    """When a webhook that fails will be given up."""
    if not webhook.delivery_retry_count:
        return ABSENT
    return iso(parse(webhook.last_success_at or webhook.created_at) + timedelta(hours=24))


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
    "story": frozenset(["resource_type", "resource_subtype", "created_at", "type"]),
    "webhook": frozenset(
        ["resource_type", "active", "target", "created_at", "filters", "delivery_retry_count"]
    ),
    "job": frozenset(["resource_type", "resource_subtype", "status"]),
}
STORY_DETAILS = [
    "old_dates",
    "new_dates",
    "old_name",
    "new_name",
    "old_approval_status",
    "new_approval_status",
]
STORY_LINKS = [
    "assignee",
    "project",
    "old_section",
    "new_section",
    "duplicate_of",
    "duplicated_from",
]
COMPUTED: dict[str, dict[str, Getter]] = {
    "task": {
        # Asana leaves the status out for what is not an approval.
        "approval_status": _if_there("approval_status"),
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
    "story": {
        "created_by": lambda state, story: state.users.get(story.created_by),
        "text": lambda state, story: state.diary.told(story, state.reader),
        "target": lambda state, story: state.tasks.get(story.task),
        "source": lambda state, story: "web",
        **{name: _story_detail(name) for name in STORY_DETAILS},
        **{name: _story_link(name) for name in STORY_LINKS},
    },
    "webhook": {
        "resource": lambda state, webhook: state.anything(webhook.resource) or ABSENT,
        "failure_deletion_timestamp": _deleted_at,
        **{
            name: _if_there(name)
            for name in (
                "last_success_at",
                "last_failure_at",
                "last_failure_content",
                "next_attempt_after",
            )
        },
    },
    "job": {"new_task": lambda state, job: state.tasks.get(job.new_task)},
}
