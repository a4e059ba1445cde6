"""What we ask Asana for: as little as possible, because each field costs bytes and quota."""

ME = ("name", "email", "workspaces.name")
WORKSPACE = ("name",)
USER = ("name", "email")
PROJECT = ("name", "archived", "created_at")
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
