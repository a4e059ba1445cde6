"""The endpoints with which people and the sync change tasks and projects."""

from typing import TYPE_CHECKING, Any

from tests.asana_double import shapes
from tests.asana_double.copying import duplicate
from tests.asana_double.errors import bad_request, not_found
from tests.asana_double.routing import EMPTY, Call, route

if TYPE_CHECKING:
    from tests.asana_double.api import Api


@route("POST", "/tasks", 201)
def create_task(api: "Api", call: Call) -> bytes:
    data = dict(call.data)
    if not (data.get("projects") or data.get("workspace") or data.get("parent")):
        raise bad_request("You should specify one of workspace, projects, parent")
    _check_dates(data)
    return api.one(call, api.state.add_task(data.pop("name", ""), **_settable(data)))


@route("POST", "/tasks/{gid}/subtasks", 201)
def create_subtask(api: "Api", call: Call, gid: str) -> bytes:
    data = {**call.data, "parent": gid}
    return api.one(call, api.state.add_task(data.pop("name", ""), **_settable(data)))


@route("PUT", "/tasks/{gid}")
def change_task(api: "Api", call: Call, gid: str) -> bytes:
    task = api.state.task(gid)
    _check_dates(call.data)
    api.state.change_task(task, call.data)
    return api.one(call, task)


@route("DELETE", "/tasks/{gid}")
def delete_task(api: "Api", call: Call, gid: str) -> bytes:
    api.state.delete_task(api.state.task(gid))
    return EMPTY


@route("POST", "/tasks/{gid}/addProject")
def add_project(api: "Api", call: Call, gid: str) -> bytes:
    project = api.state.project(call.data.get("project", ""))
    if call.data.get("insert_before") or call.data.get("insert_after"):
        raise bad_request("The double puts tasks at the beginning or the end, not beside others")
    first = "insert_after" in call.data
    api.state.add_to_project(api.state.task(gid), project, call.data.get("section"), first)
    return EMPTY


@route("POST", "/tasks/{gid}/removeProject")
def remove_project(api: "Api", call: Call, gid: str) -> bytes:
    project = api.state.project(call.data.get("project", ""))
    api.state.remove_from_project(api.state.task(gid), project)
    return EMPTY


@route("POST", "/tasks/{gid}/setParent")
def set_parent(api: "Api", call: Call, gid: str) -> bytes:
    parent = call.data.get("parent")
    task = api.state.task(gid)
    if parent in {below.gid for below in api.state.family(task)}:
        raise bad_request("parent: A task cannot stand under itself")
    api.state.set_parent(task, api.state.task(parent) if parent else None)
    return api.one(call, task)


@route("POST", "/tasks/{gid}/duplicate", 201)
def duplicate_task(api: "Api", call: Call, gid: str) -> bytes:
    """The job says that it is done only when asked again."""
    include = (call.data.get("include") or "").split(",")
    job = duplicate(api.state, api.state.task(gid), call.data.get("name"), include)
    answer = api.one(call, job)
    job.status = "succeeded"
    return answer


@route("GET", "/jobs/{gid}")
def job(api: "Api", call: Call, gid: str) -> bytes:
    if gid not in api.state.jobs:
        raise not_found("job", gid)
    return api.one(call, api.state.jobs[gid])


@route("POST", "/projects", 201)
def create_project(api: "Api", call: Call) -> bytes:
    allowed = ("archived", "notes", "color", "due_on", "start_on", "owner")
    fields = {name: call.data[name] for name in allowed if name in call.data}
    return api.one(call, api.state.add_project(call.data.get("name", ""), **fields))


@route("PUT", "/projects/{gid}")
def change_project(api: "Api", call: Call, gid: str) -> bytes:
    project = api.state.project(gid)
    api.state.change_project(project, call.data)
    return api.one(call, project)


@route("DELETE", "/projects/{gid}")
def delete_project(api: "Api", call: Call, gid: str) -> bytes:
    api.state.delete_project(api.state.project(gid))
    return EMPTY


@route("POST", "/projects/{gid}/sections", 201)
def create_section(api: "Api", call: Call, gid: str) -> bytes:
    section = api.state.add_section(api.state.project(gid), call.data.get("name", ""))
    return api.one(call, section)


def _check_dates(data: dict[str, Any]) -> None:
    if data.get("due_on") and data.get("due_at"):
        raise bad_request("due_on: You cannot set due_on and due_at together")


def _settable(data: dict[str, Any]) -> dict[str, Any]:
    """What a person may set on a new task: never its gid or the moments Asana itself writes."""
    writable = {"name", "projects", "parent", "completed", *shapes.FULL["task"]}
    own = {"gid", "created_at", "modified_at", "completed_at", "memberships", "resource_type"}
    return {name: value for name, value in data.items() if name in writable - own}
