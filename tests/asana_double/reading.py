"""The endpoints that read people, projects and tasks."""

from typing import TYPE_CHECKING

from tests.asana_double.errors import bad_request, not_found
from tests.asana_double.routing import Call, route

if TYPE_CHECKING:
    from tests.asana_double.api import Api


@route("GET", "/users/{gid}")
def user(api: "Api", call: Call, gid: str) -> bytes:
    if gid == "me":
        gid = call.user or next(iter(api.state.users), "")
    return api.one(call, api.state.user(gid))


@route("GET", "/users")
def users(api: "Api", call: Call) -> bytes:
    api.workspace_of(call)
    return api.many(call, "user", api.state.users.values())


@route("GET", "/workspaces")
def workspaces(api: "Api", call: Call) -> bytes:
    return api.many(call, "workspace", api.state.workspaces.values())


@route("GET", "/workspaces/{gid}")
def workspace(api: "Api", call: Call, gid: str) -> bytes:
    if gid not in api.state.workspaces:
        raise not_found("workspace", gid)
    return api.one(call, api.state.workspaces[gid])


@route("GET", "/projects")
def projects(api: "Api", call: Call) -> bytes:
    api.workspace_of(call)
    archived = call.query.get("archived")
    found = (
        project
        for project in api.state.projects.values()
        if archived is None or project.archived == (archived == "true")
    )
    return api.many(call, "project", found)


@route("GET", "/projects/{gid}")
def project(api: "Api", call: Call, gid: str) -> bytes:
    return api.one(call, api.state.project(gid))


@route("GET", "/projects/{gid}/sections")
def sections(api: "Api", call: Call, gid: str) -> bytes:
    found = [api.state.section(section) for section in api.state.project(gid).sections]
    return api.many(call, "section", found)


@route("GET", "/projects/{gid}/tasks")
def project_tasks(api: "Api", call: Call, gid: str) -> bytes:
    return api.tasks(call, api.state.tasks_of(api.state.project(gid)))


@route("GET", "/tasks")
def tasks(api: "Api", call: Call) -> bytes:
    if "section" in call.query:
        section = api.state.section(call.query["section"])
        ranked = api.state.tasks_of(api.state.project(section.project))
        inside = [pair for pair in ranked if pair[1].homes.get(section.project) == section.gid]
        return api.tasks(call, inside)
    if "project" not in call.query:
        raise bad_request("You should specify one of project, tag, section, user_task_list")
    return api.tasks(call, api.state.tasks_of(api.state.project(call.query["project"])))


@route("GET", "/tasks/{gid}")
def task(api: "Api", call: Call, gid: str) -> bytes:
    return api.one(call, api.state.task(gid))


@route("GET", "/tasks/{gid}/subtasks")
def subtasks(api: "Api", call: Call, gid: str) -> bytes:
    below = [api.state.tasks[subtask] for subtask in api.state.task(gid).subtasks]
    return api.tasks(call, [(n, task) for n, task in enumerate(below) if not task.trashed_at])
