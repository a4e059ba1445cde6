"""Deliveries that a test asks for: forged, repeated, huge, or a thousand at once."""

import time
from typing import TYPE_CHECKING, Any

from tests.asana_double.events import Event
from tests.asana_double.post import signed

if TYPE_CHECKING:
    from tests.asana_double.server import AsanaDouble


def deliver(
    double: "AsanaDouble",
    webhook: str,
    events: list[Event] | None = None,
    signature: str = "normal",
    times: int = 1,
    bytes: int = 0,
    replay: int | None = None,
) -> dict[str, Any]:
    hook = double.state.webhooks[webhook]
    if replay is not None:
        sent = [
            one
            for one in double.hooks.deliveries
            if one.webhook == webhook and one.kind in ("events", "heartbeat")
        ]
        body, headers = sent[replay].body, sent[replay].headers
    else:
        body, headers = signed(hook.secret, _long_enough(hook.resource, events, bytes), signature)
    began = time.perf_counter()
    statuses = double.hooks.post.often(hook, body, headers, times)
    took = [one.milliseconds for one in list(double.hooks.deliveries)[-times:]]
    return {
        "statuses": statuses,
        "bytes": len(body),
        "slowest_ms": round(max(took), 1),
        "seconds": round(time.perf_counter() - began, 2),
    }


def _long_enough(resource: str, events: list[Event] | None, size: int) -> list[Event]:
    one: Event = {
        "user": None,
        "created_at": "2026-01-01T00:00:00.000Z",
        "action": "changed",
        "resource": {"gid": resource, "resource_type": "project"},
        "parent": None,
        "change": {"field": "name", "action": "changed"},
    }
    found = [one] if events is None else list(events)
    while size > len(found) * 150:  # an event is some two hundred bytes long
        found.append(one)
    return found
