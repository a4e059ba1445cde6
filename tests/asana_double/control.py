"""The control plane, under /_double/: what a test or the demo's seeding asks of the double.

All bodies and answers are JSON. A `GET` reads, a `POST` changes. README.md tells which of these
makes which fault.

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
    GET|POST /_double/faults                list, or add a rule; {"clear": true} removes all:
        {"kind": see faults.py, "path"?: regular expression over path and query, "method"?,
         "token"?, "nth"?: only that matching request, "every"?, "probability"?, "times"?: so often
         at most, "retry_after"?, "seconds"?, "what"?: for "fuzz",
         "deed"?: what `act` below takes, for "deed"}; {"seed": n} starts the dice anew
    POST /_double/clock                     {"advance_seconds"?: 900, "set"?: a moment,
        "freeze"?: bool (everything in the same millisecond),
        "stamp_skew_seconds"?: 600 (moments in records), "date_skew_seconds"? (header Date)}
    POST /_double/limit                     {"per_minute": 150 or null, "window_seconds"?: 60,
        "reads_at_once"?: 50, "writes_at_once"?: 15, "cost_per_minute"?: work or null,
        "searches_per_minute"?: 60}; what is left out stays; answers how many were refused
    POST /_double/listener                  {"off_seconds": 5}: connections are refused for so long
    POST /_double/search                    {"paid"?: bool (402 when not), "lag_seconds"?: 60}
    POST /_double/forbid                    {"project" or "task" or "endpoint": regular expression,
        "token"?, "status"?: 403 or 404}, or {"clear": true}
    POST /_double/oauth                     {"grant": user gid or null} answers a refresh token;
        {"app"?: {id: secret}, "single"?: a refresh kills the access token before it at once,
         "life_seconds"?: 3600}; the app "double-app" with "double-app-secret" is there already.
        The endpoints themselves: /-/oauth_authorize, /-/oauth_token, /-/oauth_revoke
    POST /_double/latency                   {"milliseconds": 30}
    POST /_double/tokens                    {"add": token, "user"?: gid}, {"revoke": token},
        {"expire": token} (401 until added again), or {"spend": token, "requests": 10}: 401 after
        so many more
    POST /_double/undelete                  {"task": gid}
    POST /_double/act                       {"method", "path", "data"?, "user"?: gid or "system"}:
        somebody does something through Asana's own API, but without a token, a limit or a line in
        the log; "system" is Asana itself, whom events and stories do not name
    POST /_double/scene                     {"scene": name, ..., "by"?: gid}: see scenes.py for
        "twin", "weekly repeat", "roll over", "roll up", "same day", "clear and set", "hide",
        "reopen", "merge", "nest" and "leave", and what each of them wants to know
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
from typing import TYPE_CHECKING, Any

import orjson

from tests.asana_double.errors import ApiError
from tests.asana_double.faults import Faults
from tests.asana_double.load import load
from tests.asana_double.snapshot import truth
from tests.asana_double.switches import Switches

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.asana_double.server import AsanaDouble


# These wait for somebody else, who may ask the double something meanwhile.
UNHURRIED = ("deliver", "attack", "settle")


class Control(Switches):
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
        self.double.oauth.clear()
        self.double.api.acl.allow_all()
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
                "body": one.body,
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

    def post_save(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        if self.save:
            self.save()
        return {"saved": self.save is not None}
