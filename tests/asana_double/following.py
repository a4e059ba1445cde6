"""The endpoint `GET /events`."""

from typing import TYPE_CHECKING, Any

import orjson

from tests.asana_double import shapes
from tests.asana_double.errors import bad_request, not_found
from tests.asana_double.events import Event
from tests.asana_double.routing import Call, route

if TYPE_CHECKING:
    from tests.asana_double.api import Api
    from tests.asana_double.state import State

NAMED = ("user", "resource", "parent")
STRANGE: dict[str, Event] = {
    "sync error": {"action": "sync_error", "message": "There was an error syncing this resource"},
    "unknown action": {"action": "transmogrified"},
    "unknown resource type": {"resource": {"gid": "99", "resource_type": "hologram"}},
    "user null": {"user": None},
}


@route("GET", "/events")
def events(api: "Api", call: Call) -> bytes:
    resource = call.query.get("resource")
    if not resource:
        raise bad_request("resource: Missing input")
    state = api.state
    trashed = resource in state.tasks and state.tasks[resource].trashed_at
    if (resource not in state.tasks and resource not in state.projects) or trashed:
        raise not_found("resource", resource)
    if call.suffers("412"):
        raise state.journal.lost(resource)
    found, sync, more = state.journal.read(resource, call.query.get("sync"))
    found = _made_strange(call, found, resource)
    call.shown += len(found)
    wanted = call.query.get("opt_fields", "")
    data = [_shown(state, event, shapes.wanted(wanted) if wanted else {}) for event in found]
    return orjson.dumps({"data": data, "sync": sync, "has_more": more})


def _shown(state: "State", event: Event, tree: shapes.Tree) -> dict[str, Any]:
    """An event with the names of what it speaks of, or only the fields that are wanted."""
    whole = {**event, **{name: _named(state, event[name]) for name in NAMED if name in event}}
    change = whole.get("change")
    if change and "new_value" in change:
        whole["change"] = {**change, "new_value": _named(state, change["new_value"])}
    return {name: value for name, value in whole.items() if not tree or name in tree}


def _named(state: "State", reference: dict[str, str] | None) -> dict[str, str] | None:
    if reference is None:
        return None
    found = state.anything(reference["gid"])
    name = getattr(found, "name", None)
    return {**reference, "name": name} if name is not None else dict(reference)


def _made_strange(call: Call, found: list[Event], resource: str) -> list[Event]:
    """One event more that a careful client must survive, in front of the others."""
    strange = STRANGE.get(call.fault.kind) if call.fault else None
    if strange is None:
        return found
    plain: Event = {
        "user": None,
        "created_at": "2026-01-01T00:00:00.000Z",
        "type": "project",
        "action": "changed",
        "resource": {"gid": resource, "resource_type": "project"},
        "parent": None,
    }
    return [{**plain, **strange}, *found]
