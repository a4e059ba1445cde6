"""The control plane, under /_double/: what a test or the demo's seeding asks of the double.

All bodies and answers are JSON. A `GET` reads, a `POST` changes.

    GET  /_double/health                    {"ok": true, "url": ..., counts}
    POST /_double/load                      many users and projects with their tasks at once:
        {"users": [{"name", "email", "gid"?}],
         "projects": [{"name", "gid"?, "archived"?, "created_at"?, "sections"?: [name],
                       "tasks": [{"name", "gid"?, "section"?: name, "assignee"?: e-mail or gid,
                                  "due_on"?, "due_at"?, "start_on"?, "created_at"?, "modified_at"?,
                                  "completed_at"?, "resource_subtype"?, "approval_status"?,
                                  "subtasks"?: [task]}]}]}
        answers {"users": {email: gid}, "projects": {name: gid}, "tasks": count}
    POST /_double/reset                     an empty workspace, no faults, no log
    GET  /_double/truth                     everything as it is, for comparing
    GET  /_double/log[?since=N]             requests since the N-th
    GET|POST /_double/faults                list, or add {"kind", ...}; {"clear": true} removes all
    POST /_double/clock                     {"advance_seconds": 900}
    POST /_double/limit                     {"per_minute": 150 or null, "window_seconds": 60}
    POST /_double/latency                   {"milliseconds": 30}
    POST /_double/tokens                    {"add": token, "user"?: gid} or {"revoke": token}
    POST /_double/undelete                  {"task": gid}
    POST /_double/act                       {"method", "path", "data"?, "user"?: gid}: somebody does
        something through Asana's own API, but without a token, a limit or a line in the log
    POST /_double/events                    what the streams of events do wrong, shares from 0 to 1:
        {"drop"?, "duplicate"?, "shuffle"?: bool, "delay_seconds"?, "delay_share"?, "anonymous"?,
         "forget_old_tokens"?: bool, "seed"?, "forget"?: gid or "all" (their tokens are void)}
    POST /_double/stories                   {"lose"?: share, "late_seconds"?, "seed"?,
        "language"?: "en", "de" or "ja", "languages"?: {token: language}}
    POST /_double/webhooks                  what Asana does wrong as a sender, for all webhooks:
        {"handshake"?: "normal", "slow", "twice" or "silent", "handshake_seconds"?,
         "signature"?: "normal", "wrong", "missing", "upper case", "other secret" or "re-encoded",
         "lose"?: share, "repeat"?: share, "paused"?: bool, "quiet_ms"?: [50, 200],
         "refuse_localhost"?: bool, "seed"?}
    GET  /_double/deliveries                what was sent to webhooks, and what came back
    POST /_double/deliver                   {"webhook": gid, "events"?: [...], "signature"?,
        "bytes"?: at least so many, "times"?: so often at once, "replay"?: -1 (an old delivery of
        this webhook again, by its place)}; answers {"statuses": [...], "slowest_ms"}
    POST /_double/attack                    {"target": url, "secret"}: a stranger's handshake;
        answers {"status", "echoed"}
    POST /_double/settle                    wait until everything due has been delivered
    GET  /_double/invalid                   requests that Asana's description does not allow
    POST /_double/save                      write the state file now
"""

import contextlib
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import orjson

from tests.asana_double.driver import deliver
from tests.asana_double.errors import ApiError
from tests.asana_double.faults import Faults
from tests.asana_double.load import load
from tests.asana_double.snapshot import truth

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.asana_double.server import AsanaDouble


# These wait for somebody else, who may ask the double something meanwhile.
UNHURRIED = ("deliver", "attack", "settle")


class Control:
    def __init__(self, double: "AsanaDouble") -> None:
        self.double = double
        self.save: Callable[[], None] | None = None

    def answer(self, method: str, path: str, query: dict[str, str], body: bytes) -> bytes:
        name = path.removeprefix("/_double/")
        deed = getattr(self, f"{method.lower()}_{name}", None)
        if deed is None:
            return orjson.dumps({"error": f"There is no {method} {path}"})
        alone = contextlib.nullcontext() if name in UNHURRIED else self.double.lock
        try:
            with alone:
                return orjson.dumps(deed(orjson.loads(body) if body else {}, query))
        except (ApiError, KeyError, TypeError, ValueError) as error:
            return orjson.dumps({"error": f"{type(error).__name__}: {error}"})

    def get_health(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        state = self.double.state
        return {
            "ok": True,
            "url": self.double.url,
            "workspace": state.workspace.gid,
            "users": len(state.users),
            "projects": len(state.projects),
            "tasks": len(state.tasks),
            "requests": len(self.double.log),
        }

    def post_load(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        return load(self.double.state, body)

    def post_reset(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        self.double.state.__init__(self.double.clock)  # type: ignore[misc]
        self.double.api.forget()  # the new workspace gives out the same gids again
        self.double.faults.clear()
        self.double.log.clear()
        self.double.invalid.clear()
        self.double.hooks.clear()
        return {}

    def get_truth(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        return truth(self.double.state)

    def get_log(self, body: dict[str, Any], query: dict[str, str]) -> list[dict[str, Any]]:
        since = int(query.get("since", 0))
        return [
            {
                "at": one.at,
                "method": one.method,
                "path": one.path,
                "query": one.query,
                "token": one.token,
                "status": one.status,
                "fault": one.fault,
                "ms": round(one.milliseconds, 2),
            }
            for one in list(self.double.log)[since:]
        ]

    def get_faults(self, body: dict[str, Any], query: dict[str, str]) -> list[dict[str, Any]]:
        return self.double.faults.listed()

    def post_faults(self, body: dict[str, Any], query: dict[str, str]) -> list[dict[str, Any]]:
        if "seed" in body:
            self.double.faults = Faults(body.pop("seed"), self.double.faults.rules)
        if body.pop("clear", False):
            self.double.faults.clear()
        if body:
            self.double.faults.add(**body)
        return self.double.faults.listed()

    def post_clock(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        self.double.clock.advance(float(body["advance_seconds"]))
        return {"now": self.double.clock.iso()}

    def post_limit(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        self.double.limit.per_minute = body.get("per_minute")
        self.double.limit.window_seconds = float(body.get("window_seconds", 60))
        return {"refused": self.double.limit.refused}

    def post_latency(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        self.double.latency_ms = float(body["milliseconds"])
        return {}

    def post_tokens(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        if "add" in body:
            self.double.tokens[body["add"]] = body.get("user")
        self.double.tokens.pop(body.get("revoke", ""), None)
        return {"tokens": len(self.double.tokens)}

    def post_undelete(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        self.double.state.undelete_task(self.double.state.tasks[body["task"]])
        return {}

    def post_act(self, body: dict[str, Any], query: dict[str, str]) -> Any:
        return self.double.act(**body)

    def post_events(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        journal = self.double.state.journal
        forget = body.pop("forget", None)
        if forget:
            journal.forget(None if forget == "all" else forget)
        if body:
            journal.faults = replace(journal.faults, **body)
        return asdict(journal.faults)

    def post_stories(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        diary = self.double.state.diary
        diary.languages.update(body.pop("languages", {}))
        diary.faults = replace(diary.faults, **body)
        return asdict(diary.faults)

    def post_webhooks(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        hooks = self.double.hooks
        hooks.faults = replace(hooks.faults, **body)
        return asdict(hooks.faults)

    def get_deliveries(self, body: dict[str, Any], query: dict[str, str]) -> list[dict[str, Any]]:
        return [one.listed() for one in list(self.double.hooks.deliveries)]

    def post_deliver(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        return deliver(self.double, **body)

    def post_attack(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        sent, echoed = self.double.hooks.post.handshake("", body["target"], body["secret"])
        return {"status": sent.status, "echoed": echoed}

    def post_settle(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        return {"settled": self.double.hooks.settle(float(body.get("seconds", 10)))}

    def get_invalid(self, body: dict[str, Any], query: dict[str, str]) -> list[str]:
        return self.double.invalid

    def post_save(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        if self.save:
            self.save()
        return {"saved": self.save is not None}
