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
import threading
from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson

from tests.asana_double.clock import parse
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
        clock = self.double.clock
        clock.advance(float(body.get("advance_seconds", 0)))
        if "set" in body:
            clock.set(parse(body["set"]))
        if "freeze" in body:
            clock.freeze(body["freeze"])
        if "stamp_skew_seconds" in body:
            clock.stamp_skew = timedelta(seconds=body["stamp_skew_seconds"])
        if "date_skew_seconds" in body:
            clock.date_skew = timedelta(seconds=body["date_skew_seconds"])
        self.double.state.purge_trash()
        return {"now": clock.iso()}

    def post_limit(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        double = self.double
        double.limit.per_minute = body.get("per_minute", double.limit.per_minute)
        double.limit.window_seconds = body.get("window_seconds", double.limit.window_seconds)
        double.crowd.reads = body.get("reads_at_once", double.crowd.reads)
        double.crowd.writes = body.get("writes_at_once", double.crowd.writes)
        double.cost.per_minute = body.get("cost_per_minute", double.cost.per_minute)
        searches = double.api.search.limit
        searches.per_minute = body.get("searches_per_minute", searches.per_minute)
        return {
            "refused": double.limit.refused,
            "refused_crowd": double.crowd.refused,
            "refused_cost": double.cost.refused,
            "refused_search": searches.refused,
            "most_at_once": double.crowd.most,
        }

    def post_listener(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        seconds = float(body["off_seconds"])
        threading.Timer(0.05, self.double.listener_off).start()
        threading.Timer(0.05 + seconds, self.double.listener_on).start()
        return {"off_seconds": seconds}

    def post_search(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        search = self.double.api.search
        search.paid = body.get("paid", search.paid)
        search.lag_seconds = body.get("lag_seconds", search.lag_seconds)
        return {"paid": search.paid, "lag_seconds": search.lag_seconds}

    def post_forbid(self, body: dict[str, Any], query: dict[str, str]) -> list[dict[str, Any]]:
        acl = self.double.api.acl
        if body.pop("clear", False):
            acl.allow_all()
        if body:
            acl.forbid(**body)
        return [asdict(rule) for rule in acl.rules]

    def post_oauth(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        oauth = self.double.oauth
        oauth.apps.update(body.get("app", {}))
        oauth.single = body.get("single", oauth.single)
        oauth.life_seconds = body.get("life_seconds", oauth.life_seconds)
        made = (
            {"refresh_token": oauth.grant(body["grant"]).refresh_token} if "grant" in body else {}
        )
        return {"refreshes": oauth.refreshes, **made}

    def post_latency(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        self.double.latency_ms = float(body["milliseconds"])
        return {}

    def post_tokens(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        oauth = self.double.oauth
        if "add" in body:
            self.double.tokens[body["add"]] = body.get("user")
            oauth.expired.discard(body["add"])
            oauth.spent.pop(body["add"], None)
        if "expire" in body:
            oauth.expired.add(body["expire"])
        if "spend" in body:
            oauth.spent[body["spend"]] = int(body["requests"])
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
