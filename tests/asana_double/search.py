"""Search across a workspace: paid plans only, a little behind, a hundred at most, no pages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tests.asana_double.clock import iso, parse
from tests.asana_double.errors import ApiError, bad_request, not_found
from tests.asana_double.limits import RateLimit
from tests.asana_double.records import Task
from tests.asana_double.routing import Call, route

if TYPE_CHECKING:
    from tests.asana_double.api import Api

MOST = 100
NOT_FILTERS = ("opt_fields", "limit", "sort_by", "sort_ascending", "opt_pretty")


@dataclass
class Search:
    paid: bool = True
    lag_seconds: float = 0.0  # what changed in the last so many seconds is not yet found
    limit: RateLimit = field(default_factory=RateLimit)


@lru_cache(maxsize=65536)
def canonical(moment: str) -> str:
    """So written that the order of the texts is the order of the moments."""
    return iso(parse(moment))


Test = Callable[[Task, str], bool]
FILTERS: dict[str, Test] = {
    "text": lambda task, text: text.casefold() in f"{task.name} {task.notes}".casefold(),
    "resource_subtype": lambda task, kind: task.resource_subtype == kind,
    "completed": lambda task, wanted: (task.completed_at is not None) == (wanted == "true"),
    "is_subtask": lambda task, wanted: (task.parent is not None) == (wanted == "true"),
    "assignee.any": lambda task, gids: (task.assignee or "null") in gids.split(","),
    "projects.any": lambda task, gids: not task.homes.keys().isdisjoint(gids.split(",")),
    "projects.not": lambda task, gids: task.homes.keys().isdisjoint(gids.split(",")),
    "due_on": lambda task, day: task.due_on == day,
    "due_on.before": lambda task, day: bool(task.due_on and task.due_on < day),
    "due_on.after": lambda task, day: bool(task.due_on and task.due_on > day),
}


def _between(column: str) -> dict[str, Test]:
    def before(task: Task, limit: str) -> bool:
        moment = getattr(task, column)
        return bool(moment and canonical(moment) < canonical(limit))

    def after(task: Task, limit: str) -> bool:
        moment = getattr(task, column)
        return bool(moment and canonical(moment) > canonical(limit))

    return {f"{column}.before": before, f"{column}.after": after}


for _column in ("modified_at", "created_at", "completed_at", "due_at"):
    FILTERS |= _between(_column)
ORDERS = {
    "modified_at": lambda task: canonical(task.modified_at),
    "created_at": lambda task: canonical(task.created_at),
    "completed_at": lambda task: canonical(task.completed_at) if task.completed_at else "",
    "due_date": lambda task: task.due_on or "",
}


@route("GET", "/workspaces/{gid}/tasks/search")
def search(api: "Api", call: Call, gid: str) -> bytes:
    if gid not in api.state.workspaces:
        raise not_found("workspace", gid)
    if not api.search.paid:
        raise ApiError(402, "Search is only available to premium workspaces.")
    api.search.limit.take(call.token, api.state.clock.now().timestamp())
    tests = _tests(call.query)
    known = api.state.clock.now() + api.state.clock.stamp_skew
    indexed = iso(known - timedelta(seconds=api.search.lag_seconds))
    found = [
        task
        for task in list(api.state.tasks.values())
        if not task.trashed_at
        and canonical(task.modified_at) <= indexed
        and all(test(task, wanted) for test, wanted in tests)
    ]
    order = call.query.get("sort_by", "modified_at")
    descending = call.query.get("sort_ascending") != "true"
    found.sort(key=ORDERS.get(order, ORDERS["modified_at"]), reverse=descending)
    found = found[: min(MOST, int(call.query.get("limit", MOST)))]
    call.shown += len(found)
    return b'{"data":[' + b",".join(api.encoded(call, found)) + b"]}"


def _tests(query: dict[str, str]) -> list[tuple[Test, Any]]:
    wanted = {name: text for name, text in query.items() if name not in NOT_FILTERS}
    strange = wanted.keys() - FILTERS.keys()
    if strange:
        raise bad_request(f"The double cannot search by {', '.join(sorted(strange))}")
    return [(FILTERS[name], text) for name, text in wanted.items()]
