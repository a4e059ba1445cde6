"""Which fields of a record Asana shows: in lists, and when one thing is asked for."""

from typing import Any

Tree = dict[str, Any]

NAMED: Tree = {"name": {}, "resource_type": {}}
COMPACT: dict[str, Tree] = {
    "task": {**NAMED, "resource_subtype": {}},
    "user": NAMED,
    "project": NAMED,
    "section": NAMED,
    "workspace": NAMED,
    "story": {
        name: {} if name != "created_by" else NAMED
        for name in ("resource_type", "resource_subtype", "created_at", "created_by", "text")
    },
    "webhook": {"resource_type": {}, "active": {}, "resource": NAMED, "target": {}},
}
STORY_PARTS: Tree = {
    "type": {},
    "old_dates": {},
    "new_dates": {},
    "old_name": {},
    "new_name": {},
    "old_approval_status": {},
    "new_approval_status": {},
    "assignee": NAMED,
    "project": NAMED,
    "old_section": NAMED,
    "new_section": NAMED,
    "duplicate_of": COMPACT["task"],
    "duplicated_from": COMPACT["task"],
    "target": COMPACT["task"],
    "source": {},
}
WEBHOOK_PARTS: Tree = {
    name: {}
    for name in (
        "created_at",
        "filters",
        "last_success_at",
        "last_failure_at",
        "last_failure_content",
        "delivery_retry_count",
        "next_attempt_after",
        "failure_deletion_timestamp",
    )
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
    "story": {**COMPACT["story"], **STORY_PARTS},
    "webhook": {**COMPACT["webhook"], **WEBHOOK_PARTS},
    "job": {
        "resource_type": {},
        "resource_subtype": {},
        "status": {},
        "new_task": COMPACT["task"],
    },
}
