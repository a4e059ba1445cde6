"""The endpoints of Asana's API that the sync uses, and those with which a person changes things."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from tests.asana_double import shapes
from tests.asana_double.clock import parse
from tests.asana_double.errors import ApiError, bad_request, not_found
from tests.asana_double.paging import Page, next_page, page_of
from tests.asana_double.records import Task
from tests.asana_double.state import State


@dataclass
class Call:
    """One request, read and ready to be answered."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    user: str | None = None
    url: str = ""

    @property
    def data(self) -> dict[str, Any]:
        data = self.body.get("data")
        if not isinstance(data, dict):
            raise bad_request("data: Missing input")
        return data


Handler = Callable[..., bytes]
ROUTES: list[tuple[str, re.Pattern[str], Handler]] = []


def route(method: str, path: str) -> Callable[[Handler], Handler]:
    pattern = re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path) + "$")

    def keep(handler: Handler) -> Handler:
        ROUTES.append((method, pattern, handler))
        return handler

    return keep


class Api:
    """Answers calls from the state. Tasks are encoded once and kept until they change."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._encoded: dict[tuple[str, str], tuple[int, int, bytes]] = {}

    def answer(self, call: Call) -> tuple[int, bytes]:
        for method, pattern, handler in ROUTES:
            match = pattern.match(call.path)
            if match and method == call.method:
                status = 201 if method == "POST" and _creates(call.path) else 200
                return status, handler(self, call, **match.groupdict())
        raise ApiError(404, "No matching route for request")

    def forget(self) -> None:
        self._encoded.clear()

    # -- reading ------------------------------------------------------------------------------

    @route("GET", "/users/{gid}")
    def user(self, call: Call, gid: str) -> bytes:
        if gid == "me":
            gid = call.user or next(iter(self.state.users), "")
        return self._one(call, self.state.user(gid))

    @route("GET", "/users")
    def users(self, call: Call) -> bytes:
        self._workspace(call)
        return self._list(call, "user", self.state.users.values())

    @route("GET", "/workspaces")
    def workspaces(self, call: Call) -> bytes:
        return self._list(call, "workspace", self.state.workspaces.values())

    @route("GET", "/workspaces/{gid}")
    def workspace(self, call: Call, gid: str) -> bytes:
        if gid not in self.state.workspaces:
            raise not_found("workspace", gid)
        return self._one(call, self.state.workspaces[gid])

    @route("GET", "/projects")
    def projects(self, call: Call) -> bytes:
        self._workspace(call)
        archived = call.query.get("archived")
        projects = (
            project
            for project in self.state.projects.values()
            if archived is None or project.archived == (archived == "true")
        )
        return self._list(call, "project", projects)

    @route("GET", "/projects/{gid}")
    def project(self, call: Call, gid: str) -> bytes:
        return self._one(call, self.state.project(gid))

    @route("GET", "/projects/{gid}/sections")
    def sections(self, call: Call, gid: str) -> bytes:
        sections = [self.state.section(section) for section in self.state.project(gid).sections]
        return self._list(call, "section", sections)

    @route("GET", "/projects/{gid}/tasks")
    def project_tasks(self, call: Call, gid: str) -> bytes:
        return self._tasks(call, self.state.tasks_of(self.state.project(gid)))

    @route("GET", "/tasks")
    def tasks(self, call: Call) -> bytes:
        if "project" not in call.query:
            raise bad_request("You should specify one of project, tag, section, user_task_list")
        return self._tasks(call, self.state.tasks_of(self.state.project(call.query["project"])))

    @route("GET", "/tasks/{gid}")
    def task(self, call: Call, gid: str) -> bytes:
        return self._one(call, self.state.task(gid))

    @route("GET", "/tasks/{gid}/subtasks")
    def subtasks(self, call: Call, gid: str) -> bytes:
        below = [self.state.tasks[subtask] for subtask in self.state.task(gid).subtasks]
        return self._tasks(call, [(n, task) for n, task in enumerate(below) if not task.trashed_at])

    # -- changing -----------------------------------------------------------------------------

    @route("POST", "/tasks")
    def create_task(self, call: Call) -> bytes:
        data = dict(call.data)
        if not (data.get("projects") or data.get("workspace") or data.get("parent")):
            raise bad_request("You should specify one of workspace, projects, parent")
        task = self.state.add_task(data.pop("name", ""), **_settable(data))
        return self._one(call, task)

    @route("POST", "/tasks/{gid}/subtasks")
    def create_subtask(self, call: Call, gid: str) -> bytes:
        data = {**call.data, "parent": gid}
        return self._one(call, self.state.add_task(data.pop("name", ""), **_settable(data)))

    @route("PUT", "/tasks/{gid}")
    def change_task(self, call: Call, gid: str) -> bytes:
        task = self.state.task(gid)
        self.state.change_task(task, call.data)
        return self._one(call, task)

    @route("DELETE", "/tasks/{gid}")
    def delete_task(self, call: Call, gid: str) -> bytes:
        self.state.delete_task(self.state.task(gid))
        return EMPTY

    @route("POST", "/tasks/{gid}/addProject")
    def add_project(self, call: Call, gid: str) -> bytes:
        project = self.state.project(call.data.get("project", ""))
        self.state.add_to_project(self.state.task(gid), project, call.data.get("section"))
        return EMPTY

    @route("POST", "/tasks/{gid}/removeProject")
    def remove_project(self, call: Call, gid: str) -> bytes:
        project = self.state.project(call.data.get("project", ""))
        self.state.remove_from_project(self.state.task(gid), project)
        return EMPTY

    @route("POST", "/tasks/{gid}/setParent")
    def set_parent(self, call: Call, gid: str) -> bytes:
        parent = call.data.get("parent")
        task = self.state.task(gid)
        self.state.set_parent(task, self.state.task(parent) if parent else None)
        return self._one(call, task)

    @route("POST", "/projects")
    def create_project(self, call: Call) -> bytes:
        allowed = ("archived", "notes", "color", "due_on", "start_on", "owner")
        fields = {name: call.data[name] for name in allowed if name in call.data}
        return self._one(call, self.state.add_project(call.data.get("name", ""), **fields))

    @route("PUT", "/projects/{gid}")
    def change_project(self, call: Call, gid: str) -> bytes:
        project = self.state.project(gid)
        self.state.change_project(project, call.data)
        return self._one(call, project)

    @route("DELETE", "/projects/{gid}")
    def delete_project(self, call: Call, gid: str) -> bytes:
        self.state.delete_project(self.state.project(gid))
        return EMPTY

    @route("POST", "/projects/{gid}/sections")
    def create_section(self, call: Call, gid: str) -> bytes:
        section = self.state.add_section(self.state.project(gid), call.data.get("name", ""))
        return self._one(call, section)

    # -- shared -------------------------------------------------------------------------------

    def _workspace(self, call: Call) -> None:
        gid = call.query.get("workspace")
        if gid is None:
            raise bad_request("workspace: Missing input")
        if gid not in self.state.workspaces:
            raise not_found("workspace", gid)

    def _one(self, call: Call, resource: shapes.Resource) -> bytes:
        opt_fields = call.query.get("opt_fields")
        kind = resource.resource_type
        tree = shapes.wanted(opt_fields) if opt_fields else shapes.FULL[kind]
        return b'{"data":' + orjson.dumps(shapes.shown(self.state, resource, tree)) + b"}"

    def _list(self, call: Call, kind: str, resources: Iterable[Any]) -> bytes:
        opt_fields = call.query.get("opt_fields")
        tree = shapes.wanted(opt_fields) if opt_fields else shapes.COMPACT[kind]
        page = page_of(list(enumerate(resources)), call.query, self.state.clock.now())
        shown = [orjson.dumps(shapes.shown(self.state, item, tree)) for item in page.items]
        return self._joined(call, page, shown)

    def _tasks(self, call: Call, ranked: list[tuple[int, Task]]) -> bytes:
        page = page_of(list(_since(ranked, call.query)), call.query, self.state.clock.now())
        opt_fields = call.query.get("opt_fields", "")
        return self._joined(call, page, [self._task(task, opt_fields) for task in page.items])

    def _joined(self, call: Call, page: Page, chunks: list[bytes]) -> bytes:
        following = page.next_offset and next_page(
            call.url, call.path, call.query, page.next_offset
        )
        return b"".join(
            (b'{"data":[', b",".join(chunks), b'],"next_page":', orjson.dumps(following), b"}")
        )

    def _task(self, task: Task, opt_fields: str) -> bytes:
        known = self._encoded.get((task.gid, opt_fields))
        names = self.state.names_version
        if known and known[0] == task.version and known[1] == names:
            return known[2]
        tree = shapes.wanted(opt_fields) if opt_fields else shapes.COMPACT["task"]
        encoded = orjson.dumps(shapes.shown(self.state, task, tree))
        self._encoded[(task.gid, opt_fields)] = (task.version, names, encoded)
        return encoded


EMPTY = b'{"data":{}}'


def _creates(path: str) -> bool:
    return path in ("/tasks", "/projects") or path.endswith(("/subtasks", "/sections"))


def _settable(data: dict[str, Any]) -> dict[str, Any]:
    """What a person may set on a new task: never its gid or the moments Asana itself writes."""
    writable = {"name", "projects", "parent", "completed", *shapes.FULL["task"]}
    own = {"gid", "created_at", "modified_at", "completed_at", "memberships", "resource_type"}
    return {name: value for name, value in data.items() if name in writable - own}


def _since(ranked: list[tuple[int, Task]], query: dict[str, str]) -> Iterable[tuple[int, Task]]:
    """Only what changed since, or is open or done since; a task is older than its own instant."""
    modified, completed = query.get("modified_since"), query.get("completed_since")
    if modified:
        ranked = [pair for pair in ranked if parse(pair[1].modified_at) > _moment(modified)]
    if completed == "now":
        return [pair for pair in ranked if not pair[1].completed_at]
    if completed:
        since = _moment(completed)
        return [
            (rank, task)
            for rank, task in ranked
            if not task.completed_at or parse(task.completed_at) >= since
        ]
    return ranked


def _moment(text: str) -> Any:
    try:
        return parse(text)
    except ValueError:
        raise bad_request(f"Not a valid date-time: {text}") from None
