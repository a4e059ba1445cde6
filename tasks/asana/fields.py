"""What we ask Asana for: as little as possible, because each field costs bytes and quota."""

ME = ("name", "email", "workspaces.name")
WORKSPACE = ("name",)
USER = ("name", "email")
PROJECT = ("name", "archived", "created_at")
SECTION = ("name",)
# The section's name comes with the membership: that saves a request for each project.
TASK = (
    "name",
    "resource_subtype",
    "approval_status",
    "assignee.name",
    "completed",
    "completed_at",
    "created_at",
    "modified_at",
    "start_on",
    "due_on",
    "due_at",
    "parent",
    "num_subtasks",
    "memberships.project",
    "memberships.section.name",
)
EVENT = ("resource", "type", "action", "parent", "created_at")
STORY = (
    "created_at",
    "created_by.name",
    "resource_subtype",
    "type",
    "old_dates.due_on",
    "old_dates.due_at",
    "new_dates.due_on",
    "new_dates.due_at",
)
WEBHOOK = (
    "active",
    "resource",
    "target",
    "last_success_at",
    "last_failure_at",
    "last_failure_content",
)
