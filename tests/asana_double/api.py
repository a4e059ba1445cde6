"""Answers calls from the state. Tasks are encoded once and kept until they change."""

from collections.abc import Iterable
from typing import Any

import orjson

from tests.asana_double import (  # noqa: F401  their endpoints
    following,
    reading,
    search,
    shapes,
    stories,
    webhooks,
    writing,
)
from tests.asana_double.acl import Acl
from tests.asana_double.clock import parse
from tests.asana_double.errors import ApiError, bad_request, not_found
from tests.asana_double.hooks import Hooks
from tests.asana_double.paging import Page, next_page, page_of
from tests.asana_double.records import Task
from tests.asana_double.routing import ROUTES, Call
from tests.asana_double.state import State

SYSTEM = "system"  # a deed of Asana itself: its events and stories name no user


class Api:
    def __init__(self, state: State, hooks: Hooks) -> None:
        self.state = state
        self.hooks = hooks
        self.acl = Acl()
        self.search = search.Search()
        self._encoded: dict[tuple[str, str], tuple[int, int, bytes]] = {}

    def answer(self, call: Call) -> tuple[int, bytes]:
        for method, pattern, handler, status in ROUTES:
            match = pattern.match(call.path)
            if match and method == call.method:
                self.acl.check(call, self.state)
                with self.state.acting(self._actor(call)):
                    return status, handler(self, call, **match.groupdict())
        raise ApiError(404, "No matching route for request")

    def _actor(self, call: Call) -> str | None:
        """A token whose user nobody named acts as the first one, as GET /users/me shows."""
        if call.user == SYSTEM:
            return None
        return call.user or next(iter(self.state.users), None)

    def forget(self) -> None:
        self._encoded.clear()

    def workspace_of(self, call: Call) -> None:
        gid = call.query.get("workspace")
        if gid is None:
            raise bad_request("workspace: Missing input")
        if gid not in self.state.workspaces:
            raise not_found("workspace", gid)

    def one(self, call: Call, resource: shapes.Resource) -> bytes:
        call.shown += 1
        return b'{"data":' + orjson.dumps(self.plain(call, resource)) + b"}"

    def plain(self, call: Call, resource: shapes.Resource) -> dict[str, Any]:
        """A whole record, or what the call wants of it."""
        opt_fields = call.query.get("opt_fields")
        kind = resource.resource_type
        tree = shapes.wanted(opt_fields) if opt_fields else shapes.FULL[kind]
        return shapes.shown(self.state, resource, tree)

    def many(self, call: Call, kind: str, resources: Iterable[Any]) -> bytes:
        opt_fields = call.query.get("opt_fields")
        tree = shapes.wanted(opt_fields) if opt_fields else shapes.COMPACT[kind]
        page = page_of(list(enumerate(resources)), call, self.state.clock.now())
        shown = [orjson.dumps(shapes.shown(self.state, item, tree)) for item in page.items]
        return self._joined(call, page, shown)

    def tasks(self, call: Call, ranked: list[tuple[int, Task]]) -> bytes:
        page = page_of(_since(ranked, call.query), call, self.state.clock.now())
        return self._joined(call, page, self.encoded(call, page.items))

    def encoded(self, call: Call, tasks: Iterable[Task]) -> list[bytes]:
        if self.acl.rules:
            private = self.acl.private(call)
            tasks = [task for task in tasks if task.gid not in private]
        opt_fields = call.query.get("opt_fields", "")
        return [self._task(task, opt_fields) for task in tasks]

    def _joined(self, call: Call, page: Page, chunks: list[bytes]) -> bytes:
        call.shown += len(chunks)
        ahead = page.next_offset and next_page(call.url, call.path, call.query, page.next_offset)
        return b"".join(
            (b'{"data":[', b",".join(chunks), b'],"next_page":', orjson.dumps(ahead), b"}")
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


def _since(ranked: list[tuple[int, Task]], query: dict[str, str]) -> list[tuple[int, Task]]:
    """Only what changed since, or is open or done since; a task is older than its own instant."""
    modified, completed = query.get("modified_since"), query.get("completed_since")
    if modified:
        ranked = [pair for pair in ranked if parse(pair[1].modified_at) > moment(modified)]
    if completed == "now":
        return [pair for pair in ranked if not pair[1].completed_at]
    if completed:
        since = moment(completed)
        return [
            (rank, task)
            for rank, task in ranked
            if not task.completed_at or parse(task.completed_at) >= since
        ]
    return ranked


def moment(text: str) -> Any:
    try:
        return parse(text)
    except ValueError:
        raise bad_request(f"Not a valid date-time: {text}") from None
