"""What the double says is so, beside what our tables say: compared field by field.

It reads the double's own snapshot over HTTP and knows nothing of the sync's code, so the two can
only agree when both are right.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import urllib3
from django.utils import timezone

from tasks.models import AsanaUser, Membership, Project, Section, Task

Facts = dict[str, Any]
Snapshot = dict[str, list[dict[str, Any]]]
NAME_LENGTH = 1024


def snapshot(root: str) -> Snapshot:
    """Everything that the double holds now."""
    found: Snapshot = urllib3.request("GET", f"{root}/_double/truth", retries=False).json()
    return found


def disagreements(root: str) -> list[str]:
    """Where our tables are not as the double is; empty when all is well."""
    theirs = snapshot(root)
    return [
        *_compared("project", _their_projects(theirs), _our_projects()),
        *_compared("user", _their_users(theirs), _our_users()),
        *_compared("section", _their_sections(theirs), _our_sections()),
        *_compared("task", _their_tasks(theirs), _our_tasks()),
    ]


def _compared(kind: str, theirs: dict[str, Facts], ours: dict[str, Facts]) -> list[str]:
    wrong = [f"{kind} {gid} is missing here" for gid in theirs.keys() - ours.keys()]
    wrong += [f"{kind} {gid} is here and nowhere else" for gid in ours.keys() - theirs.keys()]
    for gid in theirs.keys() & ours.keys():
        for name, value in theirs[gid].items():
            if ours[gid][name] != value:
                wrong.append(f"{kind} {gid}: {name} is {ours[gid][name]!r}, not {value!r}")
    return sorted(wrong)


# -- theirs ---------------------------------------------------------------------------------------


def _their_projects(theirs: Snapshot) -> dict[str, Facts]:
    return {
        one["gid"]: {"name": _clean(one["name"], 500), "archived": one["archived"]}
        for one in theirs["projects"]
    }


def _their_users(theirs: Snapshot) -> dict[str, Facts]:
    return {one["gid"]: {"name": one["name"], "email": one["email"]} for one in theirs["users"]}


def _their_sections(theirs: Snapshot) -> dict[str, Facts]:
    """Those in which something stands: others are never told to us."""
    used = {home for task in _alive(theirs).values() for home in task["homes"].values()}
    return {
        one["gid"]: {"name": one["name"], "project": one["project"]}
        for one in theirs["sections"]
        if one["gid"] in used
    }


def _their_tasks(theirs: Snapshot) -> dict[str, Facts]:
    tasks = _alive(theirs)
    users = {one["gid"] for one in theirs["users"]}
    return {gid: _their_task(tasks[gid], tasks, users) for gid in _met(theirs) & tasks.keys()}


def _alive(theirs: Snapshot) -> dict[str, dict[str, Any]]:
    return {one["gid"]: one for one in theirs["tasks"] if not one["trashed_at"]}


def _met(theirs: Snapshot) -> set[str]:
    """What a reader of all projects comes across, and what it had come across before."""
    tasks = {one["gid"]: one for one in theirs["tasks"]}
    waiting = [gid for project in theirs["projects"] for gid in project["ranks"]]
    met = set(Task.objects.values_list("gid", flat=True))
    seen: set[str] = set()
    while waiting:
        gid = waiting.pop()
        if gid not in seen:
            seen.add(gid)
            waiting += tasks[gid]["subtasks"]
    return met | seen


def _their_task(task: dict[str, Any], tasks: dict[str, Any], users: set[str]) -> Facts:
    zone = timezone.get_default_timezone()
    due_at, done_at = _moment(task["due_at"]), _moment(task["completed_at"])
    return {
        "name": _clean(task["name"], NAME_LENGTH),
        "kind": task["resource_subtype"],
        # Nobody tells of an assignee who has left the workspace.
        "assignee": task["assignee"] if task["assignee"] in users else None,
        "parent": task["parent"] if task["parent"] in tasks else None,
        "start_on": task["start_on"],
        "due_at": due_at,
        "due_on": _day(due_at, zone) if due_at else task["due_on"],
        "completed_at": done_at,
        "completed_on": _day(done_at, zone) if done_at else None,
        "created_at": _moment(task["created_at"]),
        "modified_at": _moment(task["modified_at"]),
        "homes": task["homes"],
        "inherits": _inherited(task, tasks) - task["homes"].keys(),
    }


def _inherited(task: dict[str, Any], tasks: dict[str, Any]) -> set[str]:
    """The projects of everything above it."""
    found: set[str] = set()
    above, climbed = task["parent"], {task["gid"]}
    while above in tasks and above not in climbed:
        climbed.add(above)
        found |= tasks[above]["homes"].keys()
        above = tasks[above]["parent"]
    return found


# -- ours -----------------------------------------------------------------------------------------


def _our_projects() -> dict[str, Facts]:
    rows = Project.objects.filter(deleted_at=None)
    return {row.gid: {"name": row.name, "archived": row.archived} for row in rows}


def _our_users() -> dict[str, Facts]:
    rows = AsanaUser.objects.filter(deleted_at=None)
    return {row.gid: {"name": row.name, "email": row.email} for row in rows}


def _our_sections() -> dict[str, Facts]:
    used = Membership.objects.filter(
        inherited=False, task__deleted_at=None, project__deleted_at=None
    )
    rows = Section.objects.filter(pk__in=used.values("section")).select_related("project")
    return {row.gid: {"name": row.name, "project": row.project.gid} for row in rows}


def _our_tasks() -> dict[str, Facts]:
    homes: dict[int, dict[str, str | None]] = defaultdict(dict)
    inherits: dict[int, set[str]] = defaultdict(set)
    places = Membership.objects.filter(project__deleted_at=None)
    for task, project, section, inherited in places.values_list(
        "task_id", "project__gid", "section__gid", "inherited"
    ):
        if inherited:
            inherits[task].add(project)
        else:
            homes[task][project] = section
    rows = Task.objects.filter(deleted_at=None).select_related("assignee", "parent")
    alive = {row.pk for row in rows}
    return {
        row.gid: {
            "name": row.name,
            "kind": row.kind,
            "assignee": row.assignee.gid if row.assignee else None,
            "parent": row.parent.gid if row.parent and row.parent_id in alive else None,
            "start_on": _iso(row.start_on),
            "due_at": row.due_at,
            "due_on": _iso(row.due_on),
            "completed_at": row.completed_at,
            "completed_on": _iso(row.completed_on),
            "created_at": row.created_at,
            "modified_at": row.modified_at,
            "homes": homes[row.pk],
            "inherits": inherits[row.pk],
        }
        for row in rows
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _clean(text: str, length: int) -> str:
    """As people see it: no NUL, no half characters, and an ellipsis where it would not end."""
    if len(text) > length:
        text = text[: length - 1] + "…"
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(moment: datetime, zone: Any) -> str:
    assert isinstance(zone, ZoneInfo)
    return moment.astimezone(zone).date().isoformat()
