"""The endpoints of webhooks, and the handshake that a new one must pass."""

import hashlib
from typing import TYPE_CHECKING

import orjson

from tests.asana_double.errors import ApiError, bad_request, not_found
from tests.asana_double.records import Webhook
from tests.asana_double.routing import EMPTY, Afterwards, Call, route

if TYPE_CHECKING:
    from tests.asana_double.api import Api

LOOPBACK = ("://localhost", "://127.", "://[::1]")


@route("POST", "/webhooks", 201)
def create_webhook(api: "Api", call: Call) -> bytes:
    """Answers only after the target has given the secret back: it must not wait for us."""
    state, resource, target = api.state, call.data.get("resource"), call.data.get("target")
    if not resource or not target:
        raise bad_request(f"{'target' if resource else 'resource'}: Missing input")
    if resource not in state.projects:
        state.task(resource)
    if api.hooks.faults.refuse_localhost and any(part in target for part in LOOPBACK):
        raise ApiError(403, "The webhook target must not be on this machine")
    if any((one.resource, one.target) == (resource, target) for one in state.webhooks.values()):
        raise ApiError(403, "A webhook with this resource and target already exists")
    gid = state.new_gid()
    secret = hashlib.sha256(f"{state.first_gid}/{gid}".encode()).hexdigest()
    filters = call.data.get("filters") or []
    webhook = Webhook(gid, resource, target, secret, state.clock.iso(), filters)
    state.webhooks[gid] = webhook  # at once: a second request meanwhile is a duplicate
    state.changes += 1
    raise Afterwards(lambda: _shaken(api, call, webhook))


def _shaken(api: "Api", call: Call, webhook: Webhook) -> bytes:
    faults, hooks = api.hooks.faults, api.hooks
    if faults.handshake == "slow":
        hooks.wait(faults.handshake_seconds)
    agreed = faults.handshake != "silent" and _agreed(api, webhook)
    if agreed and faults.handshake == "twice":
        agreed = _agreed(api, webhook)
    if not agreed:
        hooks.end(webhook)
        raise bad_request(
            "The remote server which is intended to receive the webhook did not respond with the "
            "handshake secret."
        )
    hooks.begin(webhook)
    document = {"data": api.plain(call, webhook), "X-Hook-Secret": webhook.secret}
    return orjson.dumps(document)


def _agreed(api: "Api", webhook: Webhook) -> bool:
    sent, echoed = api.hooks.post.handshake(webhook.gid, webhook.target, webhook.secret)
    return sent.status in (200, 204) and echoed == webhook.secret


@route("GET", "/webhooks")
def webhooks(api: "Api", call: Call) -> bytes:
    api.workspace_of(call)
    wanted = call.query.get("resource")
    found = [one for one in api.state.webhooks.values() if wanted in (None, one.resource)]
    return api.many(call, "webhook", found)


@route("GET", "/webhooks/{gid}")
def webhook(api: "Api", call: Call, gid: str) -> bytes:
    return api.one(call, _known(api, gid))


@route("DELETE", "/webhooks/{gid}")
def delete_webhook(api: "Api", call: Call, gid: str) -> bytes:
    api.hooks.end(_known(api, gid))
    return EMPTY


def _known(api: "Api", gid: str) -> Webhook:
    if gid not in api.state.webhooks:
        raise not_found("webhook", gid)
    return api.state.webhooks[gid]
