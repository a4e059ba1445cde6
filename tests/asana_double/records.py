"""What the double keeps: one small class for each thing in Asana."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Workspace:
    gid: str
    name: str
    resource_type: str = "workspace"


@dataclass(slots=True)
class User:
    gid: str
    name: str
    email: str
    workspace: str
    resource_type: str = "user"


@dataclass(slots=True)
class Section:
    gid: str
    name: str
    project: str
    created_at: str = ""
    resource_type: str = "section"


@dataclass(slots=True)
class Project:
    gid: str
    name: str
    workspace: str
    created_at: str
    modified_at: str
    archived: bool = False
    notes: str = ""
    color: str | None = None
    due_on: str | None = None
    start_on: str | None = None
    owner: str | None = None
    sections: list[str] = field(default_factory=list)
    ranks: dict[str, int] = field(default_factory=dict)  # task gid -> place in the list
    top: int = 0
    bottom: int = 0
    resource_type: str = "project"


@dataclass(slots=True)
class Task:
    gid: str
    name: str
    workspace: str
    created_at: str
    modified_at: str
    resource_subtype: str = "default_task"
    approval_status: str | None = None
    assignee: str | None = None
    completed_at: str | None = None
    completed_by: str | None = None
    due_on: str | None = None
    due_at: str | None = None
    start_on: str | None = None
    start_at: str | None = None
    notes: str = ""
    parent: str | None = None
    subtasks: list[str] = field(default_factory=list)
    homes: dict[str, str | None] = field(default_factory=dict)  # project gid -> section gid
    trashed_at: str | None = None
    version: int = 0
    resource_type: str = "task"


@dataclass(slots=True)
class Story:
    """One line of a task's history."""

    gid: str
    task: str
    created_at: str
    resource_subtype: str
    created_by: str | None = None
    type: str = "system"
    text: str = ""  # what a person wrote; what Asana writes depends on the reader's language
    details: dict[str, object] = field(default_factory=dict)
    links: dict[str, str | None] = field(default_factory=dict)  # name in the story -> gid
    resource_type: str = "story"


@dataclass(slots=True)
class Job:
    gid: str
    resource_subtype: str
    new_task: str
    status: str = "in_progress"
    resource_type: str = "job"


@dataclass(slots=True)
class Webhook:
    gid: str
    resource: str
    target: str
    secret: str
    created_at: str
    filters: list[dict[str, object]] = field(default_factory=list)
    active: bool = False
    last_success_at: str | None = None
    last_failure_at: str | None = None
    last_failure_content: str | None = None
    delivery_retry_count: int = 0
    next_attempt_after: str | None = None
    resource_type: str = "webhook"


@dataclass(slots=True)
class Grant:
    """What a person allowed an app, kept under its refresh token: lives until it is revoked."""

    gid: str
    user: str | None
    revoked: bool = False
