"""Everything that can be switched on the control plane: see control.py for the words."""

import threading
from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.asana_double.clock import parse
from tests.asana_double.driver import deliver
from tests.asana_double.scenes import SCENES

if TYPE_CHECKING:
    from tests.asana_double.server import AsanaDouble


class Switches:
    double: "AsanaDouble"

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
        made = {"refresh_token": oauth.grant(body["grant"]).gid} if "grant" in body else {}
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

    def post_scene(self, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        state = self.double.state
        with state.acting(body.pop("by", None)):
            return SCENES[body.pop("scene")](state, **body)
